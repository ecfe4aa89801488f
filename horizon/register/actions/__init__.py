"""The commands: each checks its rule against the desk and drafts the events that follow.

None of them writes. They raise `BadInput` for what cannot be understood and `RuleBroken` for what
a rule refuses.
"""
