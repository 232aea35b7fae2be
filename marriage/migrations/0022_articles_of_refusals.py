from django.db import migrations, models

# {reason as it was loaded: (basis as it was loaded, basis with its article)}; edited ones stay.
DECREE = "《婚姻登记条例》（国务院令第804号）"
STANDARD = "《婚姻登记工作规范》（民发〔2025〕23号）"
ARTICLES = {
    "双方没有就离婚、子女抚养、财产和债务处理达成书面协议": (
        "《民法典》第一千零七十六条",
        "《婚姻登记条例》第十四条第一项，《民法典》第一千零七十六条",
    ),
    "有一方没有亲自到场": (
        "《民法典》第一千零七十六条",
        "《民法典》第一千零四十九条（结婚）、第一千零七十六条（离婚）",
    ),
    "有一方是无民事行为能力人或者限制民事行为能力人": (DECREE, "《婚姻登记条例》第十四条第二项"),
    "结婚登记不是在中国内地办理的": (DECREE, "《婚姻登记条例》第十四条第三项"),
    "本登记处没有办理涉外、涉港澳台、华侨婚姻登记的权限": (
        f"{DECREE}第二条",
        "《婚姻登记条例》第二条第二款",
    ),
    "有一方未到法定婚龄（男22周岁，女20周岁）": (
        "《民法典》第一千零四十七条",
        "《婚姻登记条例》第九条第一项，《民法典》第一千零四十七条",
    ),
    "不是双方完全自愿": (
        "《民法典》第一千零四十六条",
        "《婚姻登记条例》第九条第二项，《民法典》第一千零四十六条",
    ),
    "有一方已有配偶": (
        "《民法典》第一千零四十二条",
        "《婚姻登记条例》第九条第三项，《民法典》第一千零四十二条",
    ),
    "双方是直系血亲或者三代以内旁系血亲": (
        "《民法典》第一千零四十八条",
        "《婚姻登记条例》第九条第四项，《民法典》第一千零四十八条",
    ),
    "领证不在法定期限内，申请视为撤回": (
        "《民法典》第一千零七十七条",
        "《民法典》第一千零七十七条第二款",
    ),
    "身份证件过期、损坏或者与本人不符": (
        "",
        "《婚姻登记条例》第八条（结婚）、第十五条（离婚）、第二十一条（补领）",
    ),
    "结婚证遗失或者损毁": ("", "《婚姻登记条例》第十五条、第二十一条"),
    "照片不符合要求": ("", STANDARD),
    "境外材料没有公证、认证或者翻译": (DECREE, "《婚姻登记条例》第八条"),
}
NEXT_TIME = {
    "不是双方完全自愿": "结婚须双方完全自愿。受到胁迫、强迫的，请向公安机关或者妇联求助。",
    "双方是直系血亲或者三代以内旁系血亲": "法律禁止近亲结婚，对亲属关系有异议的，请带证明材料再来。",
}


def cite(apps, schema_editor):
    reasons = apps.get_model("marriage", "RefusalReason").objects
    for text, (old, new) in ARTICLES.items():
        reasons.filter(text=text, basis=old).update(basis=new)
    for text, bring in NEXT_TIME.items():
        reasons.filter(text=text, bring="").update(bring=bring)


class Migration(migrations.Migration):
    dependencies = [("marriage", "0021_peak_days")]

    operations = [
        migrations.AlterField(
            model_name="refusalreason",
            name="basis",
            field=models.CharField(
                blank=True,
                help_text="写到条、项，例如《婚姻登记条例》第九条第一项。窗口选原因时看得到，也印在告知单上。",
                max_length=120,
                verbose_name="依据",
            ),
        ),
        migrations.RunPython(cite, migrations.RunPython.noop, elidable=True),
    ]
