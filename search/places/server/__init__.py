"""Place names on a search server: Elasticsearch 8 or 9, with the parts of its core alone."""
