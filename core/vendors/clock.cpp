#include "vendors/clock.h"

#include <QDate>
#include <algorithm>

namespace gatehouse::vendors
{

namespace
{

bool isHours(const Tokens &tokens, int i)
{
    return isWord(tokens, i, {u"h", u"hr", u"hrs", u"时", u"點", u"点"});
}

bool isMinutes(const Tokens &tokens, int i)
{
    return isWord(tokens, i, {u"m", u"min", u"mn", u"分"});
}

bool isSeconds(const Tokens &tokens, int i)
{
    return isWord(tokens, i, {u"s", u"sec", u"秒"});
}

// "07-12", "07h12", "07H/12", "07H/E112M": a letter before the minutes is a code.
Link linkAfter(const Tokens &tokens, int i, bool (*isUnit)(const Tokens &, int))
{
    if (i + 1 >= tokens.count())
        return {};
    if (tokens[i + 1].isNumber) {
        const QStringView signs = tokens.signsAfter(i);
        const bool plain = signs.size() == 1 && (isPlainSign(signs[0]) || signs[0] == QLatin1Char('/'));
        return plain ? Link{i + 1, signs[0].unicode()} : Link{};
    }
    if (!tokens.isGlued(i) || !isUnit(tokens, i + 1) || tokens.signsAfter(i + 1).size() > 1)
        return {};
    int next = i + 2;
    const bool hasCode = tokens.signsAfter(i + 1) == QLatin1String("/") && next + 1 < tokens.count() &&
                         tokens[next].size() == 1 && tokens.isGlued(next);
    if (hasCode && !tokens[next].isNumber)
        ++next;
    return next < tokens.count() && tokens[next].isNumber ? Link{next, u'u'} : Link{};
}

// Two digits, or the last two if a code is glued to them: "E206M".
int twoDigits(const Tokens &tokens, int i)
{
    const int size = tokens[i].size();
    if (size == 2)
        return tokens.value(i);
    return size == 3 && tokens.isGlued(i) ? tokens.value(i, 1, 2) : -1;
}

bool isDate(QStringView yyyymmdd)
{
    return QDate(valueOf(yyyymmdd.left(4)), valueOf(yyyymmdd.mid(4, 2)), valueOf(yyyymmdd.mid(6, 2)))
        .isValid();
}

// "1:12:05 PM"
void takeHalfOfDay(const Tokens &tokens, Clock &clock)
{
    const int i = clock.next;
    if (i >= tokens.count() || tokens[i].segment != tokens[i - 1].segment ||
        tokens.signsAfter(i - 1).size() > 1)
        return;
    const bool isPm = isWord(tokens, i, {u"pm"});
    if (!isPm && !isWord(tokens, i, {u"am"}))
        return;
    const int hour = clock.time.hour();
    if (hour < 1 || hour > 12)
        return;
    clock.time =
        QTime(hour % 12 + (isPm ? 12 : 0), clock.time.minute(), clock.time.second(), clock.time.msec());
    clock.isTwelve = true;
    ++clock.next;
}

// Thousandths after the seconds: ".123", or with the sign of the whole; "10s123ms".
int takeThousandths(const Tokens &tokens, Clock &clock, char16_t sign)
{
    const int i = clock.next;
    if (sign == u'u') {
        if (i + 1 < tokens.count() && tokens[i].isNumber && tokens[i].size() <= 3 && tokens.isGlued(i) &&
            isWord(tokens, i + 1, {u"ms"})) {
            clock.next += 2;
            return tokens.value(i);
        }
        return 0;
    }
    if (!tokens.isNumber(i, 3) || tokens[i].segment != tokens[i - 1].segment)
        return 0;
    const QStringView signs = tokens.signsAfter(i - 1);
    if (signs.size() != 1 || !(signs[0] == QLatin1Char('.') || signs[0].unicode() == sign))
        return 0;
    ++clock.next;
    return tokens.value(i);
}

std::optional<Clock> separatedClock(const Tokens &tokens, int i, bool afterDate)
{
    const Link first = linkAfterHours(tokens, i);
    if (first.next < 0 || (first.sign == u'/' && !afterDate))
        return std::nullopt;
    const bool oneDigit = tokens[i].size() == 1;
    const int hour = oneDigit ? tokens.value(i) : twoDigits(tokens, i);
    const int minute = twoDigits(tokens, first.next);
    if (hour < 0 || minute < 0)
        return std::nullopt;
    Clock out{i, first.next + 1, {}, Precision::Minute};
    int second = 0;
    int thousandths = 0;
    const Link then = linkAfterMinutes(tokens, first.next);
    const bool fits = then.sign == first.sign || (first.sign == u'/' && then.sign != 0) ||
                      (first.sign == u'u' && QStringView(u"-_.").contains(QChar(then.sign)));
    if (then.sign != 0 && fits && (tokens.isNumber(then.next, 2) || tokens.isNumber(then.next, 5))) {
        out.precision = Precision::Second;
        out.next = then.next + 1;
        second = tokens.value(then.next, 0, 2);
        if (then.sign == u'u' && isSeconds(tokens, out.next) && tokens.isGlued(then.next))
            ++out.next;
        thousandths = tokens[then.next].size() == 5 ? tokens.value(then.next, 2, 3)
                                                    : takeThousandths(tokens, out, then.sign);
    } else if (first.sign == u'/' || (!afterDate && first.sign != u':' && first.sign != u'u')) {
        return std::nullopt; // an hour's folder and a counter
    } else if (first.sign == u'u' && isMinutes(tokens, out.next) && tokens.isGlued(first.next)) {
        ++out.next;
    }
    out.time = QTime(hour, minute, second, thousandths);
    takeHalfOfDay(tokens, out);
    if (!out.time.isValid() || (oneDigit && !out.isTwelve))
        return std::nullopt;
    // "13/13-12-05": the name has all of it.
    if (first.sign == u'/') {
        const auto whole = clockAt(tokens, first.next, false);
        if (whole && !whole->isBare)
            return std::nullopt;
    }
    return out;
}

} // namespace

bool isPlainSign(QChar c)
{
    return QStringView(u"-_.: ").contains(c);
}

bool isWord(const Tokens &tokens, int i, std::initializer_list<QStringView> words)
{
    if (i >= tokens.count() || tokens[i].isNumber)
        return false;
    return std::any_of(words.begin(), words.end(), [&](QStringView word) { return tokens.lower(i) == word; });
}

bool endsCleanly(const Tokens &tokens, int i)
{
    return !tokens.isGlued(i) ||
           isWord(tokens, i + 1, {u"t", u"z", u"am", u"pm", u"utc", u"gmt", u"h", u"s"});
}

QTime timeOf(QStringView d)
{
    return {valueOf(d.left(2)), valueOf(d.mid(2, 2)), d.size() >= 6 ? valueOf(d.mid(4, 2)) : 0,
            d.size() >= 9 ? valueOf(d.mid(6, 3)) : 0};
}

Link linkAfterHours(const Tokens &tokens, int i)
{
    return linkAfter(tokens, i, isHours);
}

Link linkAfterMinutes(const Tokens &tokens, int i)
{
    return linkAfter(tokens, i, isMinutes);
}

std::optional<Clock> clockAt(const Tokens &tokens, int i, bool afterDate)
{
    if (i >= tokens.count() || !tokens[i].isNumber || tokens[i].role != Role::Unread)
        return std::nullopt;
    const int size = tokens[i].size();
    if (size <= 3) {
        if (auto clock = separatedClock(tokens, i, afterDate))
            return clock;
        return std::nullopt;
    }
    Clock out{i, i + 1, {}, Precision::Second, true};
    const bool follows = afterDate && tokens[i - 1].segment == tokens[i].segment;
    if (size == 6 || size == 9 || (size == 8 && follows && !isDate(tokens.text(i)))) {
        out.time = timeOf(tokens.text(i).left(size == 9 ? 9 : 6));
    } else if (size == 4 && follows && tokens.value(i, 0, 2) > 0) { // 0001 is a counter
        out.time = timeOf(tokens.text(i));
        out.precision = Precision::Minute;
    }
    if (!out.time.isValid() || !endsCleanly(tokens, i))
        return std::nullopt;
    if (size == 6 && follows)
        out.time = out.time.addMSecs(takeThousandths(tokens, out, u'.'));
    takeHalfOfDay(tokens, out);
    return out;
}

std::optional<Clock> clockBelowDayAt(const Tokens &tokens, int i)
{
    const bool isGlued = i > 0 && tokens[i - 1].segment == tokens[i].segment && tokens.isGlued(i - 1);
    if (!tokens.isNumber(i, 8) || isGlued || !endsCleanly(tokens, i) || tokens.value(i, 0, 4) == 0)
        return std::nullopt;
    Clock out{i, i + 1, {}, Precision::Second, true};
    out.time = QTime(tokens.value(i, 0, 2), tokens.value(i, 2, 2), tokens.value(i, 4, 2),
                     tokens.value(i, 6, 2) * 10);
    return out.time.isValid() ? std::optional(out) : std::nullopt;
}

std::optional<PastHour> pastHourAt(const Tokens &tokens, int i)
{
    if (!tokens[i].isNumber || tokens[i].size() > 3)
        return std::nullopt;
    const Link link = linkAfterMinutes(tokens, i);
    if (link.sign != u'u' || !tokens.isNumber(link.next, 2) || !tokens.isGlued(link.next) ||
        !isSeconds(tokens, link.next + 1))
        return std::nullopt;
    const int minute = twoDigits(tokens, i);
    const int second = tokens.value(link.next);
    if (minute < 0 || minute > 59 || second > 59)
        return std::nullopt;
    return PastHour{link.next + 1, (minute * 60 + second) * qint64(1000)};
}

} // namespace gatehouse::vendors
