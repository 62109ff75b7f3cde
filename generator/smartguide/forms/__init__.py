"""What the web form is made of: for each collection its form, the names of records, and the files to be corrected."""
