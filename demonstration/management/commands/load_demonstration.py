"""The whole demonstration: what each app has to show, and people to log in as."""

import time
from types import ModuleType

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.crypto import get_random_string

from demonstration.english import loading as english
from demonstration.guides import loading as guides
from demonstration.home import loading as home
from demonstration.marriage import loading as marriage
from demonstration.marriage import services
from demonstration.place_names import loading as place_names
from demonstration.search import loading as search
from home.models import JobRun

# In the order in which one needs what another has loaded.
LOADING = {
    "栏目和服务网点": home,
    "地名": place_names,
    "预约业务": services,
    "办事指南": guides,
    "婚姻登记": marriage,
    "搜索": search,
    "英文页面": english,
}
PEOPLE = {
    "editor": ("编辑", "编辑：起草办事指南、政策、通知"),
    "reviewer": ("审核", "审核：审核并发布"),
    "officer": ("地名员", "地名员：维护地名库"),
    "clerk": ("婚姻登记员", "婚姻登记员：登记窗口当日工作"),
    "manager": ("婚姻登记主管", "婚姻登记主管：号源、日历与规则"),
}


class Command(BaseCommand):
    help = "Loads the demonstration data where it is missing; what is there stays as it is."

    def add_arguments(self, parser):
        parser.add_argument(
            "--once", action="store_true", help="do nothing when it was done before"
        )

    def handle(self, *, once: bool = False, **options):
        done, _ = JobRun.objects.get_or_create(
            name="load_demonstration", defaults={"started_at": timezone.now()}
        )
        if once and done.finished_at:
            return
        call_command("set_up_roles")
        for title, loading in LOADING.items():
            self.load(title, loading)
        self.create_people()
        done.finished_at = timezone.now()
        done.save()

    def load(self, title: str, loading: ModuleType) -> None:
        started = time.monotonic()
        self.stdout.write(f"正在装入示例数据：{title}……")
        loading.load(progress=self.stdout.write)
        self.stdout.write(f"  {title}已装好（{time.monotonic() - started:.1f}秒）。")
        self.stdout.flush()

    def create_people(self) -> None:
        """Users of the demonstration with random passwords, printed only when they are made."""
        user_model = get_user_model()
        made = []
        for name, (group, what) in {"admin": (None, "系统管理员"), **PEOPLE}.items():
            if user_model.objects.filter(username=name).exists():
                continue
            password = get_random_string(14, "abcdefghjkmnpqrstuvwxyz23456789")
            if group is None:
                user_model.objects.create_superuser(name, "", password)
            else:
                user = user_model.objects.create_user(name, "", password, last_name=group)
                user.groups.add(Group.objects.get_or_create(name=group)[0])
            made.append((name, password, what))
        if made:
            self.stdout.write("\n管理后台/admin/的登录名和密码（只显示这一次，请记下）：")
            for name, password, what in made:
                self.stdout.write(f"  {name:<10} {password}   {what}")
            self.stdout.write("")
