import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import home.fields
import modelcluster.fields
import modelsearch.index
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('guides', '0001_initial'), ('guides', '0002_figure_order'), ('guides', '0003_question_trees'), ('guides', '0004_versions'), ('guides', '0005_guide_places'), ('guides', '0006_word_import_settings'), ('guides', '0007_table_cells_of_figures'), ('guides', '0008_question_sample_note'), ('guides', '0009_periods_of_figures'), ('guides', '0010_question_months_and_apart'), ('guides', '0011_figure_codes_and_decimals'), ('guides', '0012_longer_cells'), ('guides', '0013_question_places'), ('guides', '0014_qualifier_of_values')]

    initial = True

    dependencies = [
        ('home', '0004_page_types'),
        ('home', '0005_feedback'),
        ('home', '0006_dead_links'),
        ('wagtailcore', '0098_apitoken'),
        ('wagtailcore', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(help_text='正文里用“插入数据”选；只有一行的格子里写 {figure:代码}，就会显示当前数值。', max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9-]{1,60}$', '代码只用小写字母、数字和连字符，例如 dibao-standard。')], verbose_name='代码')),
                ('name', models.CharField(max_length=80, verbose_name='名称')),
                ('number', models.CharField(blank=True, help_text='规划指标表中的序号。', max_length=8, verbose_name='序号')),
                ('area', models.CharField(blank=True, max_length=30, verbose_name='领域')),
                ('unit', models.CharField(blank=True, max_length=30, verbose_name='单位')),
                ('kind', models.CharField(choices=[('binding', '约束性'), ('expected', '预期性'), ('standard', '政策标准'), ('record', '工作数据')], default='standard', max_length=10, verbose_name='性质')),
                ('decimals', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(4, '最多4位小数。')], verbose_name='小数位')),
                ('description', models.CharField(blank=True, max_length=300, verbose_name='说明')),
                ('source', models.CharField(help_text='文件名称和发布日期。', max_length=200, verbose_name='出处')),
                ('source_page', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='出处页面')),
                ('is_sample', models.BooleanField(default=False, verbose_name='示例数据')),
            ],
            options={
                'verbose_name': '数据',
                'verbose_name_plural': '数据',
                'ordering': ['pk'],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='GuideIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, help_text='一两句话，说明本页能办什么、讲什么。', max_length=200, verbose_name='摘要')),
                ('share_image', models.ForeignKey(blank=True, help_text='转发到社交软件时显示的图片。不填时用网站标志。', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.siteimage', verbose_name='分享图片')),
            ],
            options={
                'verbose_name': '办事指南栏目',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='GuidePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, help_text='一两句话，说明本页能办什么、讲什么。', max_length=200, verbose_name='摘要')),
                ('share_image', models.ForeignKey(blank=True, help_text='转发到社交软件时显示的图片。不填时用网站标志。', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.siteimage', verbose_name='分享图片')),
                ('section', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.sectionpage', verbose_name='所属业务')),
                ('review_due', models.DateField(blank=True, help_text='到这一天仍未复核，工作台会提醒。', null=True, verbose_name='下次复核日期')),
                ('related', home.fields.StreamField(blank=True, verbose_name='相关页面')),
                ('authority', models.CharField(blank=True, max_length=80, verbose_name='实施主体')),
                ('audience', models.CharField(blank=True, max_length=120, verbose_name='办理对象')),
                ('legal_basis', home.fields.StreamField(blank=True, verbose_name='设定依据')),
                ('conditions', home.fields.StreamField(blank=True, verbose_name='申请条件')),
                ('materials', home.fields.StreamField(blank=True, verbose_name='办理材料')),
                ('no_materials', models.BooleanField(default=False, verbose_name='不需要材料')),
                ('steps', home.fields.StreamField(blank=True, verbose_name='办理流程')),
                ('location', models.TextField(blank=True, help_text='每个地点一行。', verbose_name='办理地点')),
                ('hours', models.TextField(blank=True, help_text='每种情况一行。', verbose_name='办理时间')),
                ('phone', models.CharField(blank=True, max_length=120, verbose_name='联系电话')),
                ('complaint_phone', models.CharField(blank=True, max_length=120, verbose_name='监督投诉电话')),
                ('statutory_limit', models.CharField(blank=True, max_length=60, verbose_name='法定时限')),
                ('promised_limit', models.CharField(blank=True, max_length=60, verbose_name='承诺时限')),
                ('fee', models.CharField(blank=True, default='不收费', max_length=120, verbose_name='收费')),
                ('visits', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='到现场次数')),
                ('by_counter', models.BooleanField(default=True, verbose_name='窗口办理')),
                ('by_internet', models.BooleanField(default=False, verbose_name='网上办理')),
                ('by_post', models.BooleanField(default=False, verbose_name='邮寄办理')),
                ('result', models.CharField(blank=True, max_length=120, verbose_name='办理结果')),
                ('result_sample', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.siteimage', verbose_name='结果样本')),
                ('body', home.fields.StreamField(blank=True, verbose_name='更多说明')),
                ('faq', home.fields.StreamField(blank=True, verbose_name='常见问题')),
                ('action_label', models.CharField(blank=True, help_text='用动词开头，例如“预约结婚登记”。', max_length=20, verbose_name='按钮文字')),
                ('action_address', models.CharField(blank=True, help_text='站内地址、网址或应用名。', max_length=200, verbose_name='按钮打开')),
                ('sample_note', models.CharField(blank=True, help_text='哪些内容是示例。正式使用前请清空。', max_length=120, verbose_name='示例说明')),
                ('places', modelcluster.fields.ParentalManyToManyField(blank=True, help_text='选了网点，办理地点、时间和电话就从网点来，不用再填。', related_name='guides', to='home.serviceplace', verbose_name='服务网点')),
            ],
            options={
                'verbose_name': '办事指南',
                'verbose_name_plural': '办事指南',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='TopicPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, help_text='一两句话，说明本页能办什么、讲什么。', max_length=200, verbose_name='摘要')),
                ('share_image', models.ForeignKey(blank=True, help_text='转发到社交软件时显示的图片。不填时用网站标志。', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.siteimage', verbose_name='分享图片')),
                ('section', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.sectionpage', verbose_name='所属业务')),
                ('review_due', models.DateField(blank=True, help_text='到这一天仍未复核，工作台会提醒。', null=True, verbose_name='下次复核日期')),
                ('related', home.fields.StreamField(blank=True, verbose_name='相关页面')),
                ('icon', models.CharField(choices=[('rings', '双环（婚姻）'), ('flower', '花（殡葬）'), ('sign', '路牌（地名）'), ('hand', '手（救助）'), ('access', '轮椅（残疾人）'), ('elder', '手杖（养老）'), ('child', '儿童'), ('home', '社区'), ('group', '社会组织'), ('badge', '社工'), ('heart', '慈善'), ('shelter', '流浪救助'), ('document', '文件'), ('calendar', '日历'), ('map', '地图'), ('question', '问答')], default='document', max_length=20, verbose_name='图标')),
                ('body', home.fields.StreamField(blank=True, help_text='按人们办事的先后排列说明和指南。', verbose_name='内容')),
            ],
            options={
                'verbose_name': '人生大事专题',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='PolicyIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, help_text='一两句话，说明本页能办什么、讲什么。', max_length=200, verbose_name='摘要')),
                ('share_image', models.ForeignKey(blank=True, help_text='转发到社交软件时显示的图片。不填时用网站标志。', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.siteimage', verbose_name='分享图片')),
            ],
            options={
                'verbose_name': '政策文件栏目',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='PolicyPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, help_text='一两句话，说明本页能办什么、讲什么。', max_length=200, verbose_name='摘要')),
                ('share_image', models.ForeignKey(blank=True, help_text='转发到社交软件时显示的图片。不填时用网站标志。', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.siteimage', verbose_name='分享图片')),
                ('section', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.sectionpage', verbose_name='所属业务')),
                ('review_due', models.DateField(blank=True, help_text='到这一天仍未复核，工作台会提醒。', null=True, verbose_name='下次复核日期')),
                ('related', home.fields.StreamField(blank=True, verbose_name='相关页面')),
                ('document_number', models.CharField(blank=True, max_length=80, verbose_name='文号')),
                ('issuing_body', models.CharField(max_length=80, verbose_name='发文机关')),
                ('issued_on', models.DateField(verbose_name='成文日期')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='公开日期')),
                ('effective_on', models.DateField(blank=True, null=True, verbose_name='施行日期')),
                ('ends_on', models.DateField(blank=True, help_text='含当天。废止的文件填废止前一天。', null=True, verbose_name='有效期至')),
                ('replaces', home.fields.StreamField(blank=True, verbose_name='取代的文件')),
                ('attachments', home.fields.StreamField(blank=True, verbose_name='附件')),
                ('body', home.fields.StreamField(blank=True, verbose_name='正文')),
                ('is_summary', models.BooleanField(default=False, help_text='本页只讲要点，以原文为准。', verbose_name='是摘要')),
                ('is_sample', models.BooleanField(default=False, verbose_name='示例内容')),
            ],
            options={
                'verbose_name': '政策文件',
                'verbose_name_plural': '政策文件',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='QuestionIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, help_text='一两句话，说明本页能办什么、讲什么。', max_length=200, verbose_name='摘要')),
                ('share_image', models.ForeignKey(blank=True, help_text='转发到社交软件时显示的图片。不填时用网站标志。', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.siteimage', verbose_name='分享图片')),
            ],
            options={
                'verbose_name': '自助问答栏目',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='QuestionTreePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, help_text='一两句话，说明本页能办什么、讲什么。', max_length=200, verbose_name='摘要')),
                ('share_image', models.ForeignKey(blank=True, help_text='转发到社交软件时显示的图片。不填时用网站标志。', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.siteimage', verbose_name='分享图片')),
                ('section', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.sectionpage', verbose_name='所属业务')),
                ('review_due', models.DateField(blank=True, help_text='到这一天仍未复核，工作台会提醒。', null=True, verbose_name='下次复核日期')),
                ('related', home.fields.StreamField(blank=True, verbose_name='相关页面')),
                ('intro', wagtail.fields.RichTextField(blank=True, verbose_name='开头的话')),
                ('steps', home.fields.StreamField(blank=True, help_text='第一个题目就是开头。发布前会检查走不通、绕圈、走不到的地方。', verbose_name='题目和结果')),
                ('sample_note', models.CharField(blank=True, help_text='哪些内容是示例。正式使用前请清空。', max_length=120, verbose_name='示例说明')),
            ],
            options={
                'verbose_name': '自助问答',
                'verbose_name_plural': '自助问答',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='PublishedVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
                ('number', models.PositiveIntegerField(verbose_name='版本')),
                ('published_at', models.DateTimeField(verbose_name='发布时间')),
                ('content', models.JSONField(verbose_name='内容')),
            ],
            options={
                'verbose_name': '发布过的版本',
                'verbose_name_plural': '发布过的版本',
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('page', 'number'), name='version_number_once_a_page')],
            },
        ),
        migrations.CreateModel(
            name='WordImportSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
                ('most_pages', models.PositiveIntegerField(default=100, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000)], verbose_name='最多页数')),
                ('most_megabytes', models.PositiveIntegerField(default=20, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='最大文件（MB）')),
            ],
            options={
                'verbose_name': 'Word导入限制',
            },
        ),
        migrations.CreateModel(
            name='FigureValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('figure', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='values', to='guides.figure')),
                ('valid_from', models.DateField(verbose_name='从哪天起')),
                ('valid_to', models.DateField(blank=True, help_text='含当天。不填表示到下一个数值开始为止。', null=True, verbose_name='到哪天止')),
                ('period', models.CharField(blank=True, help_text='统计数和目标请写它说的是什么时候，例如“2016—2020年合计”“截至2020年”。读者看到的是这句话，不会当成今天的数值。现在执行的标准不填。', max_length=30, verbose_name='统计时间')),
                ('amount', models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True, verbose_name='数值')),
                ('qualifier', models.CharField(blank=True, help_text='例如 ≥。', max_length=10, verbose_name='数值前')),
                ('text', models.CharField(blank=True, help_text='数值之外的话，或者没有数值时的规定。', max_length=120, verbose_name='文字')),
                ('is_target', models.BooleanField(default=False, verbose_name='是目标值')),
            ],
            options={
                'verbose_name': '数值',
                'verbose_name_plural': '数值',
                'ordering': ['sort_order'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('figure', 'valid_from'), name='figure_one_value_a_day', violation_error_message='同一天只能有一个数值。'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='figure_value_ends_after_start', violation_error_message='结束日期不能早于开始日期。')],
            },
        ),
        migrations.CreateModel(
            name='FigureUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('figure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='guides.figure')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('figure', 'page'), name='figure_use_once_a_page')],
            },
        ),
        migrations.CreateModel(
            name='InterpretationPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, help_text='一两句话，说明本页能办什么、讲什么。', max_length=200, verbose_name='摘要')),
                ('share_image', models.ForeignKey(blank=True, help_text='转发到社交软件时显示的图片。不填时用网站标志。', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.siteimage', verbose_name='分享图片')),
                ('section', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.sectionpage', verbose_name='所属业务')),
                ('review_due', models.DateField(blank=True, help_text='到这一天仍未复核，工作台会提醒。', null=True, verbose_name='下次复核日期')),
                ('related', home.fields.StreamField(blank=True, verbose_name='相关页面')),
                ('policy', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='interpretations', to='guides.policypage', verbose_name='解读的文件')),
                ('issued_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='发布日期')),
                ('body', home.fields.StreamField(blank=True, verbose_name='正文')),
            ],
            options={
                'verbose_name': '政策解读',
            },
            bases=('wagtailcore.page',),
        ),
    ]
