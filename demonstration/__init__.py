"""Sample content for a newcomer, and the programs that make it.

Nothing else imports this package: without it the site works the same, only empty. Each
subpackage is named after the app that it fills, and its `loading.load()` adds what is missing.
"""
