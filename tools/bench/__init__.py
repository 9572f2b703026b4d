"""`make bench`: how long a build takes, beside plain Pelican and Hugo on the same articles."""
