"""A list to begin with. Staff change it under 设置 → 繁體用字."""

import datetime

from django.db import migrations

WATER = "OpenCC词库讨论（GitHub BYVoid/OpenCC 142、385、663号）：小河作“涌”，涌起作“湧”"
CROSSING = "OpenCC词库讨论（GitHub BYVoid/OpenCC 349、1497号）：跨词误转"
CHARACTERS = "《通用规范汉字表》（2013年）附件1：规范字与繁体字、异体字对照表"
REVIEW = "MediaWiki繁简转换表（维基媒体基金会，toTrad.manual）：复核作覆核"

# phrase, form, source
FORMS = [
    ("涌", "涌", WATER),
    ("汹涌", "洶湧", WATER),
    ("涌现", "湧現", WATER),
    ("涌入", "湧入", WATER),
    ("涌出", "湧出", WATER),
    ("涌动", "湧動", WATER),
    ("涌向", "湧向", WATER),
    ("喷涌", "噴湧", WATER),
    ("泉涌", "泉湧", WATER),
    ("上冲", "上沖", CHARACTERS),
    ("朝斗", "朝斗", CHARACTERS),
    ("“里”", "“里”", CHARACTERS),
    ("占比", "佔比", CHARACTERS),
    ("签", "簽", CHARACTERS),
    ("标签", "標籤", CHARACTERS),
    ("书签", "書籤", CHARACTERS),
    ("抽签", "抽籤", CHARACTERS),
    ("牙签", "牙籤", CHARACTERS),
    ("竹签", "竹籤", CHARACTERS),
    ("复核", "覆核", REVIEW),
    ("金发放", "金發放", CROSSING),
    ("被发明", "被發明", CROSSING),
    ("被发掘", "被發掘", CROSSING),
    ("了如何", "了如何", CROSSING),
    ("参与制造", "參與製造", CROSSING),
    ("干预", "干預", CROSSING),
    ("干扰", "干擾", CROSSING),
    ("年历史", "年歷史", CROSSING),
    ("高几倍", "高幾倍", CROSSING),
    ("工作周", "工作週", CROSSING),
]


def add(apps, schema_editor):
    form = apps.get_model("home", "TraditionalForm")
    form.objects.bulk_create(
        form(
            phrase=phrase,
            form=traditional,
            source=source,
            checked_on=datetime.date(2026, 11, 30),
        )
        for phrase, traditional, source in FORMS
    )


class Migration(migrations.Migration):
    dependencies = [("home", "0028_traditional_forms")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
