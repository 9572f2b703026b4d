"""The account of a recommendation, as `make why` prints it."""

from __future__ import annotations

import pytest

from explainer.why import UnknownArticleError, explain_recommendation

from .small_site import settings, small_site

FILES = {
    "articles/closed.md": "---\ntitle: Bridge closed\ndate: 2026-03-09\ntags: [Bridges]\n"
    "recommended: {block: [far]}\n---\nThe council closed the bridge.\n",
    "articles/open.md": "---\ntitle: Bridge open\ndate: 2026-03-29\ntags: [bridges]\n---\n"
    "Cars may cross again.\n",
    "articles/far.md": "---\ntitle: Elsewhere\ndate: 2020-01-01\n---\nRain fell.\n",
}
ACCOUNT = """\
On the page of closed ('Bridge closed'):
open ('Bridge open') is card 1.
Its reason in words: Also tagged Bridges

  words     1.00 x 0.348 = 0.348  bridge
  event     0.30 x 0.000 = 0.000
  actors    0.20 x 0.000 = 0.000
  story     0.15 x 0.000 = 0.000
  tags      0.10 x 1.000 = 0.100  Bridges
  time           x 0.850          20 days apart
  score                  0.380  place 1 by score"""


def explain(own: str, other: str) -> str:
    return explain_recommendation(small_site(FILES).graph, settings(), own, other)


def test_account_is_the_whole_sum_with_what_is_shared() -> None:
    assert explain("closed", "open") == ACCOUNT


def test_account_of_what_is_not_shown_says_why_not() -> None:
    lines = explain("closed", "far").splitlines()
    assert lines[1:3] == [
        "far ('Elsewhere') is not shown.",
        "Its reason in words: Also published here",
    ]
    assert lines[-2:] == [
        "  score                  0.000  nothing is shared",
        "It is blocked in the front matter: recommended.block.",
    ]


@pytest.mark.parametrize(
    ("own", "other", "message"),
    [
        ("closed", "opened", "there is no published article 'opened'; did you mean 'open'?"),
        ("closed", "closed", "'closed' is never recommended on its own page"),
    ],
)
def test_article_that_cannot_be_explained_is_named(own: str, other: str, message: str) -> None:
    with pytest.raises(UnknownArticleError) as error:
        explain(own, other)
    assert str(error.value) == message
