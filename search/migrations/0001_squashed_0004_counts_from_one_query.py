import django.core.validators
import django.db.models.deletion
import modelsearch.index
import search.models.place_index
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('search', '0001_initial'), ('search', '0002_place_index'), ('search', '0003_index_being_built'), ('search', '0004_counts_from_one_query')]

    initial = True

    dependencies = [
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='PageEntry',
            fields=[
                ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_entry', serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('kind', models.CharField(max_length=20)),
                ('type_name', models.CharField(max_length=40)),
                ('title', models.CharField(max_length=255)),
                ('summary', models.TextField(blank=True)),
                ('text', models.TextField(blank=True)),
                ('address', models.CharField(blank=True, max_length=255)),
                ('dated', models.DateField(blank=True, null=True)),
            ],
            options={
                'verbose_name': '页面搜索条目',
            },
        ),
        migrations.CreateModel(
            name='PlaceDocument',
            fields=[
                ('place_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('size', models.PositiveSmallIntegerField()),
                ('sort_key', search.models.place_index.TokenField(max_length=250)),
                ('status', models.CharField(max_length=20)),
                ('has_variant', models.BooleanField(default=False)),
                ('combination', search.models.place_index.TokenField(max_length=400)),
                ('since', models.SmallIntegerField(null=True)),
                ('until', models.SmallIntegerField(null=True)),
                ('lon', models.FloatField(null=True)),
                ('lat', models.FloatField(null=True)),
                ('source', models.TextField()),
            ],
            options={
                'verbose_name': '地名索引',
                'indexes': [models.Index(fields=['sort_key', 'place_id'], name='search_place_by_name'), models.Index(fields=['lon', 'lat'], name='search_place_by_point'), models.Index(fields=['combination'], name='search_place_by_facets')],
            },
        ),
        migrations.CreateModel(
            name='PlaceOutbox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place_id', models.PositiveBigIntegerField(db_index=True)),
                ('written_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': '待同步地名',
            },
        ),
        migrations.CreateModel(
            name='IndexState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('engine', models.CharField(max_length=20, unique=True)),
                ('version', models.PositiveIntegerField()),
                ('building', models.CharField(blank=True, max_length=120)),
                ('built_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': '索引状态',
            },
        ),
        migrations.CreateModel(
            name='SearchSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('counting', models.BooleanField(default=True, verbose_name='统计搜索')),
                ('keep_days', models.PositiveSmallIntegerField(default=90, help_text='超过天数的搜索统计每天自动删除。', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(730)], verbose_name='统计保留天数')),
                ('min_times', models.PositiveSmallIntegerField(default=2, help_text='统计期内少于这个次数的搜索词不显示，避免认出个人。', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000)], verbose_name='显示门槛')),
            ],
            options={
                'verbose_name': '搜索设置',
            },
        ),
        migrations.CreateModel(
            name='QueryCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='日期')),
                ('query', models.CharField(max_length=20, verbose_name='搜索词')),
                ('without_result', models.PositiveIntegerField(default=0, verbose_name='没有结果')),
                ('clicks', models.PositiveIntegerField(default=0, verbose_name='点击')),
            ],
            options={
                'verbose_name': '搜索统计',
                'constraints': [models.UniqueConstraint(fields=('day', 'query'), name='one_count_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Synonym',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said', models.CharField(help_text='一个或多个词，用顿号隔开，例如：领证、扯证。', max_length=200, verbose_name='市民的说法')),
                ('official', models.CharField(blank=True, help_text='例如：结婚登记。不填表示这些词没有实际意思（如“怎么办”），搜索时可以略去。', max_length=200, verbose_name='本站的说法')),
                ('is_sample', models.BooleanField(default=False, editable=False, verbose_name='示例')),
            ],
            options={
                'verbose_name': '同义词',
                'verbose_name_plural': '同义词',
                'ordering': ['said'],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='PlaceToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to='search.placedocument')),
                ('kind', models.CharField(max_length=1)),
                ('token', search.models.place_index.TokenField(max_length=60)),
            ],
            options={
                'verbose_name': '地名索引词',
                'indexes': [models.Index(fields=['kind', 'token', 'document'], name='search_token_lookup')],
            },
        ),
        migrations.CreateModel(
            name='PlaceFacet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='facets', to='search.placedocument')),
                ('facet', models.CharField(max_length=12)),
                ('value', search.models.place_index.TokenField(max_length=20)),
            ],
            options={
                'verbose_name': '地名索引分面',
                'indexes': [models.Index(fields=['facet', 'value', 'document'], name='search_facet_lookup')],
            },
        ),
    ]
