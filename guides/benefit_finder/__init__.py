"""政策找人: one questionnaire over all benefits, evaluated by the rules of the guides.

`result` adds amounts, materials and steps to the verdicts of `guides.eligibility`. Answers come
by POST and are neither stored nor put into an address.
"""
