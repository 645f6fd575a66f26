"""What was due, computed from a trigger's definition without the program.

Intervals by arithmetic from their anchor; cron expressions of five fields, or six with seconds first, in UTC. `schedule_of`
gives `None` for everything else (other zones, calendars, single moments): then only doubles are judged.
"""

import calendar
import datetime

REFERENCE = 978_307_200  # 2001-01-01 UTC, from which the store counts anchors
NAMES = {
    name: number
    for names, first in (("SUN MON TUE WED THU FRI SAT", 0), ("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC", 1))
    for number, name in enumerate(names.split(), first)
}
RANGES = [(0, 59), (0, 59), (0, 23), (1, 31), (1, 12), (0, 7)]


class Interval:
    def __init__(self, seconds, anchor):
        self.step = int(seconds * 1000)
        self.anchor = round((anchor + REFERENCE) * 1000)

    def next_after(self, moment):
        """The first moment strictly after `moment`; moments are milliseconds."""
        return max(self.anchor + ((moment - self.anchor) // self.step + 1) * self.step, self.anchor + self.step)

    def count_between(self, first, last):
        """How many moments are in [first, last]."""
        start = self.next_after(first - 1)
        return 0 if start > last else (last - start) // self.step + 1


class Cron:
    def __init__(self, text):
        words = text.upper().split()
        if len(words) == 5:
            words = ["0", *words]
        self.fields = [field(word, *bounds) for word, bounds in zip(words, RANGES, strict=True)]
        self.fields[5] = {day % 7 for day in self.fields[5]}
        self.either_day = words[3][0] != "*" and words[5][0] != "*"

    def next_after(self, moment):
        time = datetime.datetime.fromtimestamp(moment // 1000 + 1, datetime.timezone.utc)
        for _ in range(366 * 9):
            found = self.first_of_day(time) if self.has_day(time) else None
            if found is not None:
                return found
            time = time.replace(hour=0, minute=0, second=0) + datetime.timedelta(days=1)
        return None

    def has_day(self, time):
        _, _, _, days, months, weekdays = self.fields
        is_day, is_weekday = time.day in days, (time.weekday() + 1) % 7 in weekdays
        return time.month in months and (is_day or is_weekday if self.either_day else is_day and is_weekday)

    def first_of_day(self, time):
        seconds, minutes, hours = (sorted(values) for values in self.fields[:3])
        from_second = time.hour * 3600 + time.minute * 60 + time.second
        start = calendar.timegm((time.year, time.month, time.day, 0, 0, 0))
        for hour in (hour for hour in hours if hour >= time.hour):
            for minute in minutes:
                if hour * 3600 + minute * 60 + 59 < from_second:
                    continue
                for second in seconds:
                    at = hour * 3600 + minute * 60 + second
                    if at >= from_second:
                        return (start + at) * 1000
        return None

    def count_between(self, first, last):
        count, moment = 0, self.next_after(first - 1)
        while moment is not None and moment <= last:
            count += 1
            moment = self.next_after(moment)
        return count


def field(text, low, high):
    values = set()
    for part in text.split(","):
        span, _, step = part.partition("/")
        if span in ("*", "?"):
            first, last = low, high
        else:
            first, _, last = span.partition("-")
            first = number(first)
            last = number(last) if last else high if step else first
        values.update(range(first, last + 1, int(step or 1)))
    if not values or min(values) < low or max(values) > high:
        raise ValueError(text)
    return values


def number(text):
    return NAMES[text] if text in NAMES else int(text)


def schedule_of(trigger):
    """What computes the moments of this trigger, or `None` where the judge cannot."""
    if trigger.kind != "schedule":
        return None
    schedule = trigger.definition["schedule"]["_0"]
    pattern = schedule["pattern"]
    if schedule["exclusions"]:
        return None
    if "interval" in pattern:
        return Interval(pattern["interval"]["seconds"], pattern["interval"]["anchor"])
    if "cron" in pattern and len(pattern["cron"]["_0"]) == 1 and schedule["zone"] in ("UTC", "GMT", "Etc/UTC"):
        try:
            return Cron(pattern["cron"]["_0"][0])
        except (KeyError, ValueError):
            return None
    return None
