"""A list to begin with. Staff change it under 设置 → 错敏词."""

import datetime

from django.db import migrations

XINHUA = "《新华社新闻信息报道中的禁用词和慎用词》（2016年7月修订）"
VARIANTS = "《第一批异形词整理表》（GF 1001—2001，教育部、国家语言文字工作委员会）"
ACCOUNTS = "《图书编校质量差错认定细则》第七条（账、帐）"
CIVIL_CODE = "《民法典》第六十一条（法定代表人）"
REGISTERS = "《户口登记条例》（1958年）第四条（户口簿）"
AID = "《社会救助暂行办法》（国务院令第649号）第三章（特困人员）"
BEGGARS = "《城市生活无着的流浪乞讨人员救助管理办法》（国务院令第381号）"
ILLNESS = "《精神卫生法》（精神障碍患者）"
IDENTITY = "《居民身份证法》（居民身份证）"

# word, instead, allowed in, source
RULES = [
    ("残废", "残疾", "", XINHUA),
    ("独眼龙", "盲人、视力残疾人", "", XINHUA),
    ("瞎子", "盲人", "", XINHUA),
    ("聋子", "聋人", "", XINHUA),
    ("傻子", "智力障碍者", "", XINHUA),
    ("呆子", "智力障碍者", "", XINHUA),
    ("弱智", "智力障碍", "", XINHUA),
    ("村长", "村委会主任", "", XINHUA),
    ("村官", "村干部", "大学生村官", XINHUA),
    ("最佳", "", "", XINHUA),
    ("成份", "成分", "", VARIANTS),
    ("定婚", "订婚", "决定婚\n法定婚\n确定婚\n规定婚\n认定婚\n一定婚\n约定婚\n判定婚", VARIANTS),
    ("答覆", "答复", "", VARIANTS),
    ("参预", "参与", "", VARIANTS),
    ("原故", "缘故", "", VARIANTS),
    ("姿式", "姿势", "", VARIANTS),
    ("帐本", "账本", "", VARIANTS),
    ("帐户", "账户", "", ACCOUNTS),
    ("帐号", "账号", "", ACCOUNTS),
    ("帐目", "账目", "", ACCOUNTS),
    ("法人代表", "法定代表人", "", CIVIL_CODE),
    ("户口本", "户口簿", "", REGISTERS),
    ("五保户", "特困人员", "", AID),
    ("流浪汉", "流浪乞讨人员", "", BEGGARS),
    ("精神病人", "精神障碍患者", "", ILLNESS),
    ("身分证", "身份证", "", IDENTITY),
]


def add(apps, schema_editor):
    rule = apps.get_model("home", "WordingRule")
    rule.objects.bulk_create(
        rule(
            word=word,
            instead=instead,
            allowed_in=allowed,
            source=source,
            checked_on=datetime.date(2026, 11, 29),
        )
        for word, instead, allowed, source in RULES
    )


class Migration(migrations.Migration):
    dependencies = [("home", "0020_wording")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
