"""How people ask for what is no page: booking actions, figures, service places."""

from django.db import models

MAX_WORDS = 2000


class AskedWords(models.Model):
    """Phrases in which people ask for a document that has no page of its own.

    Pages have a field of their own for them. `document` is the key of the document
    (`search.site_search.documents`).
    """

    document = models.CharField("对应内容", max_length=120, unique=True)
    words = models.TextField(
        "群众怎么问", max_length=MAX_WORDS, help_text="一行一句，例如：预约了去不了怎么办。"
    )

    class Meta:
        verbose_name = "群众怎么问"

    def __str__(self) -> str:
        return self.document
