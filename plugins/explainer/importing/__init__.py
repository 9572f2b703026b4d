"""A raw article becomes an article and briefs of this site: `explainer import`.

    file --decoding--> text --pasted or saved--> RawArticle --writing--> files of content/

`command.py` is that line in code. What is read is not trusted: its size is limited, what cannot be
seen is taken out, and nothing in it is left that Markdown or YAML would take for its own.
"""
