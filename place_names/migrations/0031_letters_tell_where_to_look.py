from django.db import migrations, models

OLD = "办理进度可以凭申请编号和电话后四位在本局网站查询。"
NEW = "办理进度可以凭申请编号和电话后四位在本局网站查询：{查询网址}"


def add_address(apps, schema_editor):
    """Where the sentence is as it was delivered; what officers wrote stays."""
    for letter in apps.get_model("place_names", "NamingLetter").objects.filter(text__contains=OLD):
        letter.text = letter.text.replace(OLD, NEW)
        letter.save(update_fields=["text"])


class Migration(migrations.Migration):

    dependencies = [
        ('place_names', '0030_order_without_ties'),
    ]

    operations = [
        migrations.AlterField(
            model_name='namingletter',
            name='text',
            field=models.TextField(help_text='一段一行。可以用的数据标记：{编号}、{申请人}、{事项}、{名称}、{原地名}、{位置}、{收件日期}、{日期}、{说明}、{补正期限}、{决定期限}、{批准机关}、{批准文号}、{标准地名}、{罗马字母拼写}、{查询网址}', max_length=4000, verbose_name='正文'),
        ),
        migrations.RunPython(add_address, migrations.RunPython.noop),
    ]
