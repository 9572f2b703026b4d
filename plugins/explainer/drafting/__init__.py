"""A first draft of an article's annotations, by rules alone: text in, proposals out.

Everything in this package but `commands.py` is pure. `propose.py` is the main verb: it takes a
text, its reference date and the actors that are known, and gives proposals, each with the exact
words on which it rests, with why it is proposed and how sure the rule is. Nothing here is ever
published: an editor accepts, mends or deletes.
"""
