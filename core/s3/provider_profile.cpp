#include "s3/provider_profile.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>
#include <algorithm>
#include <limits>

// Resources of a static library are linked only if something references them; must be outside any namespace.
static void keepProviderResources()
{
    Q_INIT_RESOURCE(s3);
}

namespace gatehouse::s3
{

namespace
{

constexpr int kHighestPartCount = 10'000; // S3's own limit

// Reads every field once, and remembers the first that is wrong. A field without a default must be there.
class FieldReader
{
public:
    FieldReader(const QJsonObject &json, QString prefix) : m_json(json), m_prefix(std::move(prefix)) {}

    QString text(const char *field, bool mayBeEmpty = false)
    {
        const QJsonValue value = take(field);
        if (!value.isString())
            refuse(field, QStringLiteral("must be a text"));
        else if (!mayBeEmpty && value.toString().isEmpty())
            refuse(field, QStringLiteral("must not be empty"));
        return value.toString();
    }

    QStringList texts(const char *field)
    {
        const QJsonValue value = take(field);
        QStringList out;
        if (!value.isArray())
            refuse(field, QStringLiteral("must be a list of texts"));
        for (const QJsonValue &entry : value.toArray()) {
            if (!entry.isString() || entry.toString().isEmpty())
                refuse(field, QStringLiteral("must be a list of texts"));
            out.append(entry.toString());
        }
        return out;
    }

    bool flag(const char *field)
    {
        const QJsonValue value = take(field);
        if (!value.isBool())
            refuse(field, QStringLiteral("must be true or false"));
        return value.toBool();
    }

    double number(const char *field, double least, double most)
    {
        const QJsonValue value = take(field);
        const double number = value.toDouble(least - 1);
        if (!value.isDouble() || number < least || number > most)
            refuse(field, QStringLiteral("must be a number from %1 to %2")
                              .arg(QString::number(least), QString::number(most)));
        return number;
    }

    qint64 whole(const char *field, qint64 least, qint64 most)
    {
        const double value = number(field, double(least), double(most));
        if (value != double(qint64(value)))
            refuse(field, QStringLiteral("must be a whole number"));
        return qint64(value);
    }

    QDate date(const char *field)
    {
        const QDate date = QDate::fromString(text(field), Qt::ISODate);
        if (!date.isValid())
            refuse(field, QStringLiteral("must be a date like 2026-11-21"));
        return date;
    }

    QString url(const char *field)
    {
        const QString address = text(field);
        if (!QUrl(address, QUrl::StrictMode).isValid() || !address.startsWith(QLatin1String("https://")))
            refuse(field, QStringLiteral("must be an address that begins with https://"));
        return address;
    }

    QJsonValue take(const char *field)
    {
        m_known.append(QLatin1String(field));
        const QJsonValue value = m_json.value(QLatin1String(field));
        if (value.isUndefined())
            refuse(field, QStringLiteral("is missing"));
        return value;
    }

    void refuse(const char *field, const QString &why)
    {
        if (!m_error)
            m_error = {m_prefix + QLatin1String(field), why};
    }

    // A misspelt field would silently keep its meaning to itself.
    [[nodiscard]] std::optional<std::pair<QString, QString>> error() const
    {
        if (m_error)
            return m_error;
        for (const QString &field : m_json.keys()) {
            if (!m_known.contains(field))
                return std::pair(m_prefix + field, QStringLiteral("is unknown"));
        }
        return std::nullopt;
    }

private:
    const QJsonObject &m_json;
    QString m_prefix;
    QStringList m_known;
    std::optional<std::pair<QString, QString>> m_error;
};

tl::unexpected<Error> wrongProfile(const QString &id, const QString &field, const QString &why)
{
    const QString text = field.isEmpty() ? QStringLiteral("%1.json: %2").arg(id, why)
                                         : QStringLiteral("%1.json: \"%2\" %3").arg(id, field, why);
    return tl::unexpected(Error{ErrorKind::Invalid, text, QStringLiteral("s3"), field});
}

Prices readPrices(FieldReader &fields)
{
    constexpr double most = 1000;
    Prices prices;
    prices.checked = fields.date("checked");
    prices.source = fields.url("source");
    prices.currency = fields.text("currency");
    if (prices.currency.size() != 3)
        fields.refuse("currency", QStringLiteral("must be a code like USD"));
    prices.storage = fields.number("storage", 0, most);
    prices.minimumMonthly = fields.number("minimumMonthly", 0, most);
    prices.writeRequests = fields.number("writeRequests", 0, most);
    prices.readRequests = fields.number("readRequests", 0, most);
    prices.egress = fields.number("egress", 0, most);
    return prices;
}

ProviderProfile::Addressing readAddressing(FieldReader &fields)
{
    const QString addressing = fields.text("addressing");
    if (addressing == QLatin1String("virtual-host"))
        return ProviderProfile::Addressing::VirtualHost;
    if (addressing != QLatin1String("path"))
        fields.refuse("addressing", QStringLiteral("must be \"path\" or \"virtual-host\""));
    return ProviderProfile::Addressing::Path;
}

void checkEndpoint(const ProviderProfile &profile, FieldReader &fields)
{
    if (profile.endpoint.isEmpty())
        return;
    QString filled = profile.endpoint;
    filled.replace(QLatin1String("{region}"), QLatin1String("region"));
    filled.replace(QLatin1String("{account}"), QLatin1String("account"));
    const QUrl url(filled, QUrl::StrictMode);
    if (!url.isValid() || url.scheme() != QLatin1String("https") || url.host().isEmpty() ||
        !url.path().isEmpty())
        fields.refuse("endpoint", QStringLiteral("must be like https://s3.{region}.example.com"));
}

} // namespace

Result<ProviderProfile> ProviderProfile::fromJson(const QString &id, const QByteArray &json)
{
    QJsonParseError parse{};
    const QJsonObject object = QJsonDocument::fromJson(json, &parse).object();
    if (object.isEmpty())
        return wrongProfile(id, {},
                            parse.error == QJsonParseError::NoError ? QStringLiteral("is no object")
                                                                    : parse.errorString());
    FieldReader fields(object, {});
    ProviderProfile out;
    out.id = id;
    out.name = fields.text("name");
    out.about = fields.text("about");
    out.source = fields.url("source");
    out.endpoint = fields.text("endpoint", true);
    checkEndpoint(out, fields);
    out.regions = fields.texts("regions");
    out.defaultRegion = fields.text("defaultRegion", true);
    if (out.defaultRegion.isEmpty() && !out.endpoint.contains(QLatin1String("{region}")))
        fields.refuse("defaultRegion", QStringLiteral("must not be empty: the endpoint names no region"));
    out.needsAccount = out.endpoint.contains(QLatin1String("{account}"));
    out.needsHttps = fields.flag("needsHttps");
    out.addressing = readAddressing(fields);
    out.listVersion = int(fields.whole("listVersion", 1, 2));
    out.urlEncodesLists = fields.flag("urlEncodesLists");
    out.etagIsMd5 = fields.flag("etagIsMd5");
    out.multipartEtagIsMd5 = fields.flag("multipartEtagIsMd5");
    out.maxParts = int(fields.whole("maxParts", 1, kHighestPartCount));
    out.minPart = fields.whole("minPart", 1, std::numeric_limits<int>::max());
    out.needsEqualParts = fields.flag("needsEqualParts");
    out.expectContinue = fields.flag("expectContinue");
    out.objectLock = fields.flag("objectLock");
    out.encryption = fields.flag("encryption");
    out.conditionalPut = fields.flag("conditionalPut");
    out.storageClasses = fields.texts("storageClasses");
    out.minimumStorageDays = int(fields.whole("minimumStorageDays", 0, 3650));
    const QJsonValue prices = fields.take("prices");
    if (!prices.isNull() && !prices.isObject())
        fields.refuse("prices", QStringLiteral("must be an object, or null"));
    if (prices.isObject()) {
        const QJsonObject priceObject = prices.toObject();
        FieldReader priceFields(priceObject, QStringLiteral("prices."));
        out.prices = readPrices(priceFields);
        if (const auto error = priceFields.error())
            return wrongProfile(id, error->first, error->second);
    }
    if (const auto error = fields.error())
        return wrongProfile(id, error->first, error->second);
    return out;
}

Result<QVector<ProviderProfile>> ProviderProfile::loadFolder(const QString &folder)
{
    QVector<ProviderProfile> out;
    const QDir dir(folder);
    for (const QString &name : dir.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
        const QString id = name.chopped(5);
        QFile file(dir.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            return wrongProfile(id, {}, file.errorString());
        auto profile = fromJson(id, file.readAll());
        if (!profile)
            return tl::unexpected(profile.error());
        out.append(std::move(*profile));
    }
    std::sort(out.begin(), out.end(), [](const ProviderProfile &a, const ProviderProfile &b) {
        const bool isOther = a.id == QLatin1String("other");
        if (isOther != (b.id == QLatin1String("other")))
            return !isOther;
        return a.name.compare(b.name, Qt::CaseInsensitive) < 0;
    });
    return out;
}

Result<QVector<ProviderProfile>> ProviderProfile::loadAll()
{
    keepProviderResources();
    return loadFolder(QStringLiteral(":/s3"));
}

Result<ProviderProfile> ProviderProfile::load(const QString &id)
{
    keepProviderResources();
    QFile file(QStringLiteral(":/s3/%1.json").arg(id));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::NotFound, QStringLiteral("There is no S3 provider \"%1\"").arg(id),
                    QStringLiteral("s3"));
    return fromJson(id, file.readAll());
}

qint64 partSize(const ProviderProfile &profile, qint64 bytes)
{
    constexpr qint64 step = 1 << 20;
    const qint64 most = std::max(1, profile.maxParts);
    const qint64 needed = bytes / most + (bytes % most != 0 ? 1 : 0);
    if (needed <= profile.minPart)
        return profile.minPart;
    return (needed + step - 1) / step * step;
}

} // namespace gatehouse::s3
