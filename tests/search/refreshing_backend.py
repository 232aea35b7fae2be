"""The Elasticsearch backend as the tests need it: what was just saved is found at once."""

from search.backends.elasticsearch import ElasticsearchSearchBackend


class SearchBackend(ElasticsearchSearchBackend):
    def _search(self, query_compiler_class, query, model_or_queryset, **options):
        model = getattr(model_or_queryset, "model", model_or_queryset)
        self.get_index_for_model(model).refresh()
        return super()._search(query_compiler_class, query, model_or_queryset, **options)
