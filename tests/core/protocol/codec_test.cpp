// The JSON of every command, reply and notification: there and back, and what is missing, wrong or hostile.
#include "random_records.h"

#include "base/limits.h"
#include "protocol/camera.h"
#include "protocol/changes.h"
#include "protocol/engine.h"
#include "protocol/import.h"
#include "protocol/items.h"
#include "protocol/offsite.h"
#include "protocol/receiver.h"
#include "protocol/repair.h"
#include "protocol/settings.h"
#include "support/registry.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::protocol;
using gatehouse::tests::RandomRecords;

namespace
{

constexpr int kRounds = 300;

template<typename... Types>
struct TypeList {
};

using Named =
    TypeList<AddCamera, GetCameraLogin, SetCameraPassword, RenameCamera, RemoveCamera, SetCameraZone,
             SetCameraOffset, LearnCameraOffset, SetCameraTls, MergeCameras, SplitCamera, RemoveItems,
             KeepItems, ProtectItem, ReviewEvent, DeriveItem, DerivationProgress, PauseReceiver,
             ResumeReceiver, GetSettings, SetSettings, StartImport, StopImport, RepairArchive, RepairCatalog,
             GetSalvageReport, ConfirmRetention, SetOffsite, TestOffsite, GetOffsiteStatus, PauseOffsite,
             ResumeOffsite, SetCameraOffsite, OffsiteChanged, GetStatus, Quit, DialogueOpened, LoggedIn,
             AddressesChanged, ImportProgress, Status, ItemsAdded, ItemsChanged, ItemsRemoved, EventsChanged,
             CamerasChanged, CatalogReset>;

template<typename Visitor, typename... Types>
void visitAll(TypeList<Types...>, Visitor visitor)
{
    (visitor.template operator()<Types>(), ...);
}

// Each of them, and the replies of the commands.
template<typename Visitor>
void forEachRecord(Visitor visitor)
{
    visitAll(Named(), [&]<typename T>() {
        visitor.template operator()<T>();
        if constexpr (Command<T>)
            visitor.template operator()<typename T::Reply>();
    });
}

QByteArray textOf(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

QJsonObject objectOf(const QByteArray &text)
{
    return QJsonDocument::fromJson(text).object();
}

// Of any type but that of `value`.
QJsonValue wrongFor(const QJsonValue &value)
{
    return value.isArray() ? QJsonValue(QJsonObject()) : QJsonValue(QJsonArray{QJsonValue()});
}

quint32 seed()
{
    static const quint32 value = [] {
        const auto given = qEnvironmentVariable("GATEHOUSE_SEED");
        const quint32 out = given.isEmpty() ? std::random_device()() : given.toUInt();
        qInfo("GATEHOUSE_SEED=%u", out);
        return out;
    }();
    return value;
}

} // namespace

class CodecTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyNamedStructIsTested();
    void namesAreUnique();
    void recordsRoundTrip();
    void ignoresUnknownMembers();
    void namesMissingMembers();
    void namesMembersOfTheWrongType();
    void enforcesRanges();
    void errorsNameTheFullPath();
    void survivesHostileJson();
    void distinguishesEmptyFromAbsent();
};

// Counted in the headers themselves, so that none is forgotten above.
void CodecTest::everyNamedStructIsTested()
{
    static const QRegularExpression name(QStringLiteral("\\bkName\\{\"([^\"]+)\"\\}"));
    const QDir folder(QStringLiteral(GATEHOUSE_SOURCE_DIR "/core/protocol"));
    QStringList written;
    for (const QString &header : folder.entryList({QStringLiteral("*.h")})) {
        if (header == QLatin1String("field.h")) // its example
            continue;
        QFile file(folder.filePath(header));
        QVERIFY(file.open(QIODevice::ReadOnly));
        auto matches = name.globalMatch(QString::fromUtf8(file.readAll()));
        while (matches.hasNext())
            written.append(matches.next().captured(1));
    }
    QStringList tested;
    visitAll(Named(), [&]<typename T>() { tested.append(T::kName); });
    written.sort();
    tested.sort();
    QCOMPARE(tested, written);
}

void CodecTest::namesAreUnique()
{
    QStringList commands;
    QStringList notifications;
    visitAll(Named(), [&]<typename T>() { (Command<T> ? commands : notifications).append(T::kName); });
    QCOMPARE(commands.removeDuplicates(), 0);
    QCOMPARE(notifications.removeDuplicates(), 0);
}

void CodecTest::recordsRoundTrip()
{
    RandomRecords random(seed());
    forEachRecord([&]<typename T>() {
        for (int i = 0; i < kRounds; ++i) {
            const QJsonObject json = toJson(random.make<T>());
            const auto back = fromJson<T>(objectOf(textOf(json)));
            QVERIFY2(back, back ? "" : qPrintable(back.error().text));
            QCOMPARE(textOf(toJson(*back)), textOf(json));
        }
    });
}

void CodecTest::ignoresUnknownMembers()
{
    RandomRecords random(seed());
    forEachRecord([&]<typename T>() {
        const QJsonObject json = toJson(random.make<T>());
        QJsonObject more = json;
        more.insert(QStringLiteral("of a later version"), QJsonArray{1, 2, 3});
        const auto read = fromJson<T>(more);
        QVERIFY(read);
        QCOMPARE(toJson(*read), json);
    });
}

void CodecTest::namesMissingMembers()
{
    RandomRecords random(seed());
    forEachRecord([&]<typename T>() {
        const QJsonObject whole = toJson(random.make<T>());
        const auto check = [&]<typename V>(const Field<T, V> &field) {
            QJsonObject json = whole;
            json.remove(QLatin1String(field.name));
            const auto read = fromJson<T>(json);
            const bool isRequired = field.isRequired && !isOptional<V>;
            QCOMPARE(read.has_value(), !isRequired);
            if (!isRequired)
                return;
            QCOMPARE(read.error().kind, ErrorKind::Invalid);
            QCOMPARE(read.error().text, QStringLiteral("\"%1\" is missing").arg(QLatin1String(field.name)));
        };
        std::apply([&](const auto &...field) { (check(field), ...); }, T::fields());
    });
}

void CodecTest::namesMembersOfTheWrongType()
{
    RandomRecords random(seed());
    forEachRecord([&]<typename T>() {
        const QJsonObject whole = toJson(random.make<T>());
        const auto check = [&]<typename V>(const Field<T, V> &field) {
            QJsonObject json = whole;
            const QLatin1String name(field.name);
            json.insert(name, wrongFor(Codec<V>::write(V())));
            const auto read = fromJson<T>(json);
            QVERIFY2(!read, field.name);
            QCOMPARE(read.error().kind, ErrorKind::Invalid);
            QVERIFY2(read.error().text.contains(QLatin1Char('"') + name), qPrintable(read.error().text));
        };
        std::apply([&](const auto &...field) { (check(field), ...); }, T::fields());
    });
}

void CodecTest::enforcesRanges()
{
    for (const int minutes : {1, 60, int(limits::kMaxPauseMinutes)})
        QVERIFY(fromJson<PauseReceiver>({{QStringLiteral("minutes"), minutes}}));
    for (const double minutes : {0.0, -1.0, limits::kMaxPauseMinutes + 1.0, 1.5, 1e300})
        QVERIFY(!fromJson<PauseReceiver>({{QStringLiteral("minutes"), minutes}}));
    QVERIFY(!fromJson<PauseReceiver>({{QStringLiteral("minutes"), QStringLiteral("60")}}));
    // The reply says what to enter.
    const auto wrong = fromJson<PauseReceiver>({{QStringLiteral("minutes"), 0}});
    QCOMPARE(wrong.error().text,
             QStringLiteral("Invalid value for \"minutes\": enter a number from 1 to 720"));
    QCOMPARE(wrong.error().field, QStringLiteral("minutes"));
    const auto wordy = fromJson<RemoveCamera>({{QStringLiteral("camera"), 1},
                                               {QStringLiteral("evidence"), false},
                                               {QStringLiteral("reason"), QString(201, QLatin1Char('r'))}});
    QCOMPARE(wordy.error().text,
             QStringLiteral("Invalid value for \"reason\": enter at most 200 characters"));

    const auto remove = [](qsizetype count) {
        QJsonArray items;
        for (qsizetype i = 0; i < count; ++i)
            items.append(i + 1);
        return fromJson<RemoveItems>(
            {{QStringLiteral("items"), items}, {QStringLiteral("reason"), QStringLiteral("Test")}});
    };
    QVERIFY(!remove(0));
    QVERIFY(remove(1));
    QVERIFY(remove(RemoveItems::kMaxAtOnce));
    QVERIFY(!remove(RemoveItems::kMaxAtOnce + 1));

    const auto split = [](const QJsonValue &id) {
        return fromJson<SplitCamera>({{QStringLiteral("camera"), id}}).has_value();
    };
    QVERIFY(split((qint64(1) << 53) - 1));
    QVERIFY(!split(qint64(1) << 53));
    QVERIFY(!split(-1));
    QVERIFY(!split(0.5));
    QVERIFY(!split(QJsonValue()));
}

void CodecTest::errorsNameTheFullPath()
{
    QJsonObject status = toJson(Status());
    QJsonObject problem = toJson(Problem());
    problem.remove(QStringLiteral("text"));
    status.insert(QStringLiteral("problems"), QJsonArray{toJson(Problem()), problem});
    QCOMPARE(fromJson<Status>(status).error().text, QStringLiteral("\"problems[1].text\" is missing"));
    status.insert(QStringLiteral("problems"), QJsonArray());
    status.insert(QStringLiteral("address"), QJsonArray{QStringLiteral("10.0.0.4"), 7});
    QCOMPARE(fromJson<Status>(status).error().text, QStringLiteral("Invalid value for \"address[1]\""));
}

// Valid bytes at random places of valid messages, and values of any kind in any place: read or Invalid.
void CodecTest::survivesHostileJson()
{
    RandomRecords random(seed() + 1);
    static const QJsonValue values[] = {QJsonValue(),
                                        -1,
                                        1e308,
                                        0.1,
                                        true,
                                        QJsonArray(),
                                        QJsonObject(),
                                        QString(),
                                        QString(9999, u'x'),
                                        9007199254740993.0,
                                        QJsonArray{QJsonArray{QJsonArray()}}};
    forEachRecord([&]<typename T>() {
        for (int i = 0; i < kRounds; ++i) {
            QJsonObject json = toJson(random.make<T>());
            for (const QString &name : json.keys()) {
                if (random.number(0, 2) == 0)
                    json.insert(name, values[random.number(0, qint64(std::size(values)) - 1)]);
            }
            const auto read = fromJson<T>(json);
            QVERIFY(read || read.error().kind == ErrorKind::Invalid);
            QByteArray text = textOf(toJson(random.make<T>()));
            for (int cut = 0; cut < 3; ++cut)
                text[random.number(0, text.size() - 1)] = char(random.number(0, 255));
            (void)fromJson<T>(objectOf(text));
        }
    });
}

void CodecTest::distinguishesEmptyFromAbsent()
{
    const SetCameraTls only{CameraId{7}, true, {}};
    QCOMPARE(toJson(only), (QJsonObject{{QStringLiteral("camera"), 7}, {QStringLiteral("required"), true}}));
    const auto read =
        fromJson<SetCameraTls>({{QStringLiteral("camera"), 7}, {QStringLiteral("least"), QString()}});
    QVERIFY(read);
    QVERIFY(!read->isRequired);
    QCOMPARE(read->minTls, std::optional(QString()));
}

GATEHOUSE_TEST(CodecTest)
#include "codec_test.moc"
