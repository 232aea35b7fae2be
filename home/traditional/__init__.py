"""Pages in traditional characters (繁體), for readers who chose them.

    text       one text: the forms that staff wrote down, then OpenCC
    pages      the texts and readable attributes of an HTML page, and nothing else of it
    middleware which responses are converted

The texts of the site stay simplified: nothing converted is stored but in the page cache.
"""
