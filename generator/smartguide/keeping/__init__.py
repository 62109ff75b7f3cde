"""What is kept between builds, in ``.cache/``: never wrong, since it is known by all that it was made of."""
