"""The live preview: a knowledge base in memory, watched files, and pages that are rendered when they are asked for.

``watching`` tells what changed, ``engine_runs`` lets an engine make chapters and page shells in a process of its own,
``snapshot`` is what is served at one moment, ``preview`` makes the next one, ``answers`` and ``injection`` make what
``http_handlers`` send, and ``serving`` starts and ends all of it.
"""
