import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import home.models.feedback
import home.fields
import home.models.site_settings
import home.models.sign_ups
import modelcluster.fields
import modelsearch.index
import taggit.managers
import wagtail.images.models
import wagtail.models.media
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('home', '0001_initial'), ('home', '0002_job_runs'), ('home', '0003_service_places'), ('home', '0004_page_types'), ('home', '0005_feedback'), ('home', '0006_dead_links'), ('home', '0007_home_shortcuts'), ('home', '0008_section_duties'), ('home', '0009_event_sign_ups'), ('home', '0010_section_review'), ('home', '0011_kinds_of_places'), ('home', '0012_longer_cells'), ('home', '0013_urgent_link_within_the_site')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('auth', '__first__'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtailcore', '0098_apitoken'),
        ('wagtailcore', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='FeedbackReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(default=home.models.feedback.new_number, max_length=12, unique=True, verbose_name='编号')),
                ('path', models.CharField(blank=True, db_index=True, max_length=300, verbose_name='页面地址')),
                ('page', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='页面')),
                ('kind', models.CharField(choices=[('wrong', '内容有错'), ('stale', '内容过时'), ('broken', '链接或功能打不开'), ('unclear', '看不懂'), ('other', '其他')], max_length=10, verbose_name='问题')),
                ('text', models.TextField(max_length=1000, verbose_name='说明')),
                ('state', models.CharField(choices=[('new', '已收到，待处理'), ('checking', '正在核实'), ('corrected', '已改正'), ('kept', '核实后不改')], db_index=True, default='new', max_length=10, verbose_name='处理情况')),
                ('reply', models.TextField(blank=True, help_text='反映人凭编号能看到。请不要写个人信息。', max_length=1000, verbose_name='答复')),
                ('created_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='收到时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('handled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='处理人')),
            ],
            options={
                'verbose_name': '找错反映',
                'verbose_name_plural': '找错反映',
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='PageOpinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=300, verbose_name='页面地址')),
                ('day', models.DateField(verbose_name='日期')),
                ('helpful', models.PositiveIntegerField(default=0, verbose_name='有帮助')),
                ('unhelpful', models.PositiveIntegerField(default=0, verbose_name='没有帮助')),
            ],
            options={
                'verbose_name': '页面评价',
                'constraints': [models.UniqueConstraint(fields=('path', 'day'), name='one_opinion_row_a_page_and_day')],
            },
        ),
        migrations.CreateModel(
            name='FeedbackSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
                ('opinions_an_hour', models.PositiveIntegerField(default=30, validators=[django.core.validators.MinValueValidator(1)], verbose_name='每人每小时评价')),
                ('reports_an_hour', models.PositiveIntegerField(default=5, validators=[django.core.validators.MinValueValidator(1)], verbose_name='每人每小时找错')),
                ('reports_an_hour_in_all', models.PositiveIntegerField(default=200, validators=[django.core.validators.MinValueValidator(1)], verbose_name='全站每小时找错')),
                ('lookups_an_hour', models.PositiveIntegerField(default=30, validators=[django.core.validators.MinValueValidator(1)], verbose_name='每人每小时查编号')),
            ],
            options={
                'verbose_name': '反馈限量',
            },
        ),
        migrations.CreateModel(
            name='SignUpSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
                ('days_kept', models.PositiveIntegerField(default=7, help_text='过了这些天，报名人的姓名和电话自动删除。', verbose_name='活动结束后保留天数')),
                ('sign_ups_an_hour', models.PositiveIntegerField(default=10, validators=[django.core.validators.MinValueValidator(1)], verbose_name='每人每小时报名次数')),
            ],
            options={
                'verbose_name': '活动报名设置',
            },
        ),
        migrations.CreateModel(
            name='SectionReviewTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                ('groups', models.ManyToManyField(help_text='Pages/snippets at this step in a workflow will be moderated or approved by these groups of users', to='auth.group', verbose_name='groups')),
            ],
            options={
                'verbose_name': '按栏目审核',
                'verbose_name_plural': '按栏目审核',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.CreateModel(
            name='DeadLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
                ('address', models.CharField(max_length=500, verbose_name='链接')),
                ('answer', models.CharField(max_length=80, verbose_name='结果')),
                ('found_at', models.DateTimeField(auto_now_add=True, verbose_name='发现时间')),
            ],
            options={
                'verbose_name': '失效链接',
                'constraints': [models.UniqueConstraint(fields=('page', 'address'), name='dead_link_once_a_page')],
            },
        ),
        migrations.CreateModel(
            name='JobRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True)),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('error', models.CharField(blank=True, max_length=120)),
            ],
            options={
                'verbose_name': '定时任务',
            },
        ),
        migrations.CreateModel(
            name='SiteImage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', upload_to=wagtail.images.models.get_upload_to, verbose_name='file', width_field='width')),
                ('width', models.IntegerField(editable=False, verbose_name='width')),
                ('height', models.IntegerField(editable=False, verbose_name='height')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='created at')),
                ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
                ('focal_point_x', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_y', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_width', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_height', models.PositiveIntegerField(blank=True, null=True)),
                ('file_size', models.PositiveIntegerField(editable=False, null=True)),
                ('file_hash', models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                ('description', models.CharField(help_text='图里有什么？看不见图的人会听到这句话。', max_length=255, verbose_name='替代文字')),
                ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
            ],
            options={
                'verbose_name': '图片',
                'verbose_name_plural': '图片',
                'permissions': [('choose_image', 'Can choose image')],
                'abstract': False,
            },
            bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='SiteDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('file', models.FileField(upload_to='documents', verbose_name='file')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
                ('file_size', models.PositiveBigIntegerField(editable=False, null=True)),
                ('file_hash', models.CharField(blank=True, editable=False, max_length=40)),
                ('text_preview', models.TextField(blank=True, editable=False, verbose_name='文字预览')),
                ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
            ],
            options={
                'verbose_name': '文件',
                'verbose_name_plural': '文件',
                'permissions': [('choose_document', 'Can choose document')],
                'abstract': False,
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='ServicePlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('name', models.CharField(max_length=80, verbose_name='名称')),
                ('slug', models.SlugField(help_text='小写字母、数字和连字符，例如 chigang-hall。', max_length=80, unique=True, verbose_name='网址名')),
                ('kind', models.CharField(choices=[('registry', '婚姻登记处'), ('hall', '街道政务服务中心'), ('care', '颐康中心'), ('meals', '长者饭堂'), ('nursing', '养老机构'), ('social-work', '社工服务站'), ('funeral', '殡葬服务'), ('rescue', '救助管理站'), ('charity', '慈善会'), ('bureau', '区民政局'), ('other', '其他')], max_length=20, verbose_name='类别')),
                ('subdistrict_code', models.CharField(blank=True, db_index=True, max_length=9, validators=[django.core.validators.RegexValidator('^\\d{9}$', '请输入9位街道代码。')], verbose_name='所在街道')),
                ('address', models.CharField(max_length=160, verbose_name='地址')),
                ('directions', models.CharField(blank=True, max_length=200, verbose_name='怎么去')),
                ('phone', models.CharField(blank=True, max_length=60, verbose_name='电话')),
                ('longitude', models.FloatField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(73), django.core.validators.MaxValueValidator(136)], verbose_name='经度')),
                ('latitude', models.FloatField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(3), django.core.validators.MaxValueValidator(54)], verbose_name='纬度')),
                ('step_free', models.BooleanField(default=False, verbose_name='无台阶入口')),
                ('has_lift', models.BooleanField(default=False, verbose_name='电梯')),
                ('accessible_toilet', models.BooleanField(default=False, verbose_name='无障碍卫生间')),
                ('accessible_parking', models.BooleanField(default=False, verbose_name='无障碍车位')),
                ('hearing_help', models.BooleanField(default=False, verbose_name='手语或文字服务')),
                ('accessibility_note', models.CharField(blank=True, max_length=200, verbose_name='无障碍补充说明')),
                ('follows_holidays', models.BooleanField(default=True, help_text='勾选后，节假日按休息、调休上班日按周一时间计算。', verbose_name='法定节假日休息')),
                ('hours_note', models.CharField(blank=True, help_text='例如：17:00后停止取号。', max_length=160, verbose_name='开放时间说明')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='其他说明')),
                ('is_sample', models.BooleanField(default=False, help_text='公开页面标注“示例”。', verbose_name='示例数据')),
                ('is_public', models.BooleanField(default=True, verbose_name='对公众显示')),
            ],
            options={
                'verbose_name': '服务网点',
                'verbose_name_plural': '服务网点',
                'ordering': ['kind', 'subdistrict_code', 'name'],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='SiteSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
                ('organisation', models.CharField(default='广州市海珠区民政局', max_length=80, verbose_name='主办单位')),
                ('address', models.CharField(blank=True, max_length=120, verbose_name='地址')),
                ('phone', models.CharField(blank=True, max_length=60, verbose_name='联系电话')),
                ('site_code', models.CharField(blank=True, max_length=40, verbose_name='政府网站标识码')),
                ('icp_number', models.CharField(blank=True, max_length=60, verbose_name='ICP备案号')),
                ('police_number', models.CharField(blank=True, max_length=60, verbose_name='公安备案号')),
                ('demonstration_notice', models.CharField(blank=True, help_text='非空时显示在每一页顶部。', max_length=200, verbose_name='演示说明')),
                ('urgent_notice', models.CharField(blank=True, max_length=200, verbose_name='紧急通知')),
                ('urgent_link', models.CharField(blank=True, help_text='本站地址（/notices/）或者 https:// 开头的网址。', max_length=200, validators=[home.models.site_settings.own_or_secure], verbose_name='紧急通知链接')),
            ],
            options={
                'verbose_name': '网站信息',
            },
        ),
        migrations.CreateModel(
            name='SiteRendition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filter_spec', models.CharField(db_index=True, max_length=255)),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', storage=wagtail.images.models.get_rendition_storage, upload_to=wagtail.images.models.get_rendition_upload_to, width_field='width')),
                ('width', models.IntegerField(editable=False)),
                ('height', models.IntegerField(editable=False)),
                ('focal_point_key', models.CharField(blank=True, default='', editable=False, max_length=16)),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='home.siteimage')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('image', 'filter_spec', 'focal_point_key'), name='unique_rendition')],
            },
            bases=(wagtail.images.models.ImageFileMixin, models.Model),
        ),
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, help_text='一两句话，说明本页能办什么、讲什么。', max_length=200, verbose_name='摘要')),
                ('share_image', models.ForeignKey(blank=True, help_text='转发到社交软件时显示的图片。不填时用网站标志。', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.siteimage', verbose_name='分享图片')),
                ('search_prompt', models.CharField(default='您想办什么事？', max_length=40, verbose_name='搜索框上方的话')),
                ('search_words', models.CharField(blank=True, help_text='用空格隔开，显示在搜索框下面。', max_length=120, verbose_name='常搜的词')),
                ('tasks', home.fields.StreamField(blank=True, verbose_name='主要办事')),
                ('shortcuts', home.fields.StreamField(blank=True, verbose_name='更多服务')),
            ],
            options={
                'verbose_name': '首页',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='SectionPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, help_text='一两句话，说明本页能办什么、讲什么。', max_length=200, verbose_name='摘要')),
                ('share_image', models.ForeignKey(blank=True, help_text='转发到社交软件时显示的图片。不填时用网站标志。', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.siteimage', verbose_name='分享图片')),
                ('icon', models.CharField(choices=[('rings', '双环（婚姻）'), ('flower', '花（殡葬）'), ('sign', '路牌（地名）'), ('hand', '手（救助）'), ('access', '轮椅（残疾人）'), ('elder', '手杖（养老）'), ('child', '儿童'), ('home', '社区'), ('group', '社会组织'), ('badge', '社工'), ('heart', '慈善'), ('shelter', '流浪救助'), ('document', '文件'), ('calendar', '日历'), ('map', '地图'), ('question', '问答')], default='document', max_length=20, verbose_name='图标')),
                ('is_area', models.BooleanField(default=False, help_text='业务领域显示在首页，办事指南和政策可以归入它。', verbose_name='是业务领域')),
                ('body', home.fields.StreamField(blank=True, verbose_name='介绍')),
            ],
            options={
                'verbose_name': '栏目',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='PlainPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, help_text='一两句话，说明本页能办什么、讲什么。', max_length=200, verbose_name='摘要')),
                ('share_image', models.ForeignKey(blank=True, help_text='转发到社交软件时显示的图片。不填时用网站标志。', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.siteimage', verbose_name='分享图片')),
                ('body', home.fields.StreamField(blank=True, verbose_name='正文')),
            ],
            options={
                'verbose_name': '普通页面',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ApplicationPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, help_text='一两句话，说明本页能办什么、讲什么。', max_length=200, verbose_name='摘要')),
                ('share_image', models.ForeignKey(blank=True, help_text='转发到社交软件时显示的图片。不填时用网站标志。', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.siteimage', verbose_name='分享图片')),
                ('view_name', models.CharField(help_text='该栏目打开的应用，例如 place_names:index。', max_length=80, verbose_name='应用')),
            ],
            options={
                'verbose_name': '应用栏目',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='NoticeIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, help_text='一两句话，说明本页能办什么、讲什么。', max_length=200, verbose_name='摘要')),
                ('share_image', models.ForeignKey(blank=True, help_text='转发到社交软件时显示的图片。不填时用网站标志。', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.siteimage', verbose_name='分享图片')),
            ],
            options={
                'verbose_name': '通知公告栏目',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ServiceHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('place', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='weekly_hours', to='home.serviceplace')),
                ('weekday', models.PositiveSmallIntegerField(choices=[(0, '周一'), (1, '周二'), (2, '周三'), (3, '周四'), (4, '周五'), (5, '周六'), (6, '周日')], verbose_name='星期')),
                ('opens', models.TimeField(verbose_name='开始')),
                ('closes', models.TimeField(verbose_name='结束')),
            ],
            options={
                'verbose_name': '每周时间',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ServiceHoursException',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('place', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='hours_exceptions', to='home.serviceplace')),
                ('first_day', models.DateField(verbose_name='第一天')),
                ('last_day', models.DateField(verbose_name='最后一天')),
                ('opens', models.TimeField(blank=True, help_text='不填表示全天休息。', null=True, verbose_name='开始')),
                ('closes', models.TimeField(blank=True, null=True, verbose_name='结束')),
                ('reason', models.CharField(blank=True, max_length=80, verbose_name='原因')),
            ],
            options={
                'verbose_name': '例外日子',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SectionDuty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='section_duties', to='auth.group', verbose_name='用户组')),
                ('section', models.ForeignKey(limit_choices_to={'is_area': True}, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='home.sectionpage', verbose_name='业务领域')),
            ],
            options={
                'verbose_name': '栏目分工',
                'verbose_name_plural': '栏目分工',
                'constraints': [models.UniqueConstraint(fields=('group', 'section'), name='section_duty_once_a_group', violation_error_message='这个用户组已经负责这个领域。')],
            },
        ),
        migrations.CreateModel(
            name='NoticePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, help_text='一两句话，说明本页能办什么、讲什么。', max_length=200, verbose_name='摘要')),
                ('share_image', models.ForeignKey(blank=True, help_text='转发到社交软件时显示的图片。不填时用网站标志。', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.siteimage', verbose_name='分享图片')),
                ('section', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.sectionpage', verbose_name='所属业务')),
                ('review_due', models.DateField(blank=True, help_text='到这一天仍未复核，工作台会提醒。', null=True, verbose_name='下次复核日期')),
                ('related', home.fields.StreamField(blank=True, verbose_name='相关页面')),
                ('issued_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='发布日期')),
                ('issuer', models.CharField(default='广州市海珠区民政局', max_length=80, verbose_name='发布单位')),
                ('is_sample', models.BooleanField(default=False, verbose_name='示例内容')),
                ('body', home.fields.StreamField(blank=True, verbose_name='正文')),
            ],
            options={
                'verbose_name': '通知公告',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='EventPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, help_text='一两句话，说明本页能办什么、讲什么。', max_length=200, verbose_name='摘要')),
                ('share_image', models.ForeignKey(blank=True, help_text='转发到社交软件时显示的图片。不填时用网站标志。', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.siteimage', verbose_name='分享图片')),
                ('section', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.sectionpage', verbose_name='所属业务')),
                ('review_due', models.DateField(blank=True, help_text='到这一天仍未复核，工作台会提醒。', null=True, verbose_name='下次复核日期')),
                ('related', home.fields.StreamField(blank=True, verbose_name='相关页面')),
                ('starts_at', models.DateTimeField(verbose_name='开始时间')),
                ('ends_at', models.DateTimeField(verbose_name='结束时间')),
                ('venue', models.CharField(max_length=120, verbose_name='地点')),
                ('audience', models.CharField(blank=True, max_length=80, verbose_name='适合谁参加')),
                ('sign_up_required', models.BooleanField(default=False, verbose_name='需要报名')),
                ('sign_up_until', models.DateTimeField(blank=True, null=True, verbose_name='报名截止')),
                ('sign_up_online', models.BooleanField(default=False, help_text='打开后，活动页面上有报名表，只问姓名和手机号码。', verbose_name='在本站报名')),
                ('places', models.PositiveIntegerField(blank=True, help_text='在本站报名时，报满就不再收。不填表示不限。', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10000)], verbose_name='名额')),
                ('sign_up_how', models.CharField(blank=True, help_text='电话或到场地点。不在本站报名时必填；在本站报名时，写给不方便上网的人。', max_length=200, verbose_name='怎样报名')),
                ('is_sample', models.BooleanField(default=False, verbose_name='示例内容')),
                ('body', home.fields.StreamField(blank=True, verbose_name='活动内容')),
            ],
            options={
                'verbose_name': '活动',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='DownloadPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, help_text='一两句话，说明本页能办什么、讲什么。', max_length=200, verbose_name='摘要')),
                ('share_image', models.ForeignKey(blank=True, help_text='转发到社交软件时显示的图片。不填时用网站标志。', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.siteimage', verbose_name='分享图片')),
                ('section', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.sectionpage', verbose_name='所属业务')),
                ('review_due', models.DateField(blank=True, help_text='到这一天仍未复核，工作台会提醒。', null=True, verbose_name='下次复核日期')),
                ('related', home.fields.StreamField(blank=True, verbose_name='相关页面')),
                ('files', home.fields.StreamField(blank=True, verbose_name='文件')),
                ('body', home.fields.StreamField(blank=True, verbose_name='说明')),
            ],
            options={
                'verbose_name': '下载',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='EventPlaces',
            fields=[
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='counted_places', serialize=False, to='home.eventpage')),
                ('limit', models.PositiveIntegerField(blank=True, null=True, verbose_name='名额')),
                ('taken', models.PositiveIntegerField(default=0, verbose_name='已报名')),
            ],
            options={
                'verbose_name': '活动名额',
                'constraints': [models.CheckConstraint(condition=models.Q(('limit__isnull', True), ('taken__lte', models.F('limit')), _connector='OR'), name='event_not_overbooked')],
            },
        ),
        migrations.CreateModel(
            name='SignUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sign_ups', to='home.eventpage', verbose_name='活动')),
                ('reference', models.CharField(default=home.models.sign_ups.new_reference, max_length=12, unique=True, verbose_name='报名编号')),
                ('sealed', models.TextField(editable=False)),
                ('once_key', models.CharField(editable=False, max_length=64)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='报名时间')),
            ],
            options={
                'verbose_name': '活动报名',
                'verbose_name_plural': '活动报名',
                'ordering': ['created_at', 'pk'],
                'permissions': [('see_signup', 'Can see whole names and telephone numbers')],
                'constraints': [models.UniqueConstraint(fields=('event', 'once_key'), name='sign_up_once_a_person')],
            },
        ),
    ]
