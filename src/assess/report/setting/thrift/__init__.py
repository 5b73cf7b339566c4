"""What WeasyPrint 70 and pydyf 0.13 do more often than needed, done once; the pages stay the same.

Each file is one saving, and each names internals of the library: it is pinned, and a test fails
where they are gone.
"""
