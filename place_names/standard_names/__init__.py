"""Standard names in the pages of the site.

《地名管理条例》 art. 18 no. 2: what is published on government websites uses standard place names.
"""
