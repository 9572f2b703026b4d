"""`make audit`: what a reader gets, as numbers, each beside what is allowed.

It builds the site of this repository and a generated one, serves both as GitHub Pages does, and
looks at them in a browser. [docs/audit.md](../../docs/audit.md) says what is measured and how.
"""
