"""Rules of who may get a benefit: data of each guide, evaluated without any page.

`blocks` is what an editor fills in, `parsing` makes plain data of it, `answers` reads the form
of the questionnaire, `rules` evaluates, `checks` finds what would not work. The page that asks
is in `guides.benefit_finder`.
"""
