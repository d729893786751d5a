#include "vendors/matcher.h"

#include "vendors/brand_form.h"
#include "vendors/file_extension.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QVector>

// Resources of a static library are linked only if something references them; must be outside any namespace.
static void keepVendorResources()
{
    Q_INIT_RESOURCE(vendors);
}

namespace gatehouse::vendors
{

namespace
{
Error wrongFile(const QString &file, const QString &why)
{
    return Error{ErrorKind::Invalid, QStringLiteral("%1: %2").arg(file, why), QStringLiteral("vendors")};
}

Result<QJsonObject> readJson(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return tl::unexpected(wrongFile(path, file.errorString()));
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &error);
    if (!document.isObject())
        return tl::unexpected(wrongFile(path, error.errorString()));
    return document.object();
}
} // namespace

struct Matcher::Private {
    QVector<BrandForm> forms; // weak ones last; within those by file and position
    Vocabulary vocabulary;

    Result<void> add(const QString &vendor, const QJsonObject &json)
    {
        if (const auto added = vocabulary.add(json); !added)
            return tl::unexpected(wrongFile(vendor, added.error().text));
        for (const QJsonValue &entry : json[u"forms"].toArray()) {
            auto form = BrandForm::fromJson(vendor, entry.toObject());
            if (!form)
                return tl::unexpected(
                    wrongFile(vendor, QStringLiteral("form \"%1\": %2")
                                          .arg(entry.toObject()[u"name"].toString(), form.error().text)));
            forms.append(std::move(*form));
        }
        return {};
    }

    // Test names first: whatever else the name is, it stays one.
    void applyForms(const RemotePath &path, const PathWords &words, PathMetadata &metadata) const
    {
        bool isKnown = false;
        for (const BrandForm &form : forms) {
            if (isKnown && !form.isTest())
                continue;
            if (form.apply(path, words, metadata) && !form.isTest())
                isKnown = true;
        }
    }
};

Matcher::Matcher(std::unique_ptr<Private> content) : d(std::move(content)) {}
Matcher::~Matcher() = default;

Result<std::shared_ptr<const Matcher>> Matcher::load()
{
    keepVendorResources();
    return loadFolder(QStringLiteral(":/vendors"));
}

Result<std::shared_ptr<const Matcher>> Matcher::loadFolder(const QString &folder)
{
    auto content = std::make_unique<Private>();
    const QDir dir(folder);
    for (const QString &name : dir.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
        const auto json = readJson(dir.filePath(name));
        if (!json)
            return tl::unexpected(json.error());
        if (auto added = content->add(name.chopped(5), *json); !added)
            return tl::unexpected(added.error());
    }
    if (content->forms.isEmpty())
        return tl::unexpected(wrongFile(folder, QStringLiteral("no forms")));
    std::stable_partition(content->forms.begin(), content->forms.end(),
                          [](const BrandForm &form) { return !form.isWeak(); });
    return std::shared_ptr<const Matcher>(new Matcher(std::move(content)));
}

PathMetadata Matcher::match(const QString &remotePath, qint64 reference) const
{
    const RemotePath path(remotePath);
    Tokens tokens(path);
    const PathTime time = readTime(tokens, reference);
    const PathWords words = readWords(tokens, time, d->vocabulary);

    PathMetadata out;
    out.vendor = QStringLiteral("generic");
    out.kind = kindByExtension(path.text);
    if (out.kind == Kind::Other && path.nameAt < path.text.size())
        out.kind = words.shows;
    Cause cause = words.cause;
    cause.complete(words.general);
    out.trigger = cause.trigger.value_or(Trigger::Unknown);
    out.subject = cause.subject;
    // Other files without a time are about the camera, not of one by their name.
    const bool isNamed = isPicture(out.kind) || time.nameFirst >= 0;
    out.cameraKey = isNamed ? words.cameraKey : words.folderKey;
    out.cameraName = isNamed ? words.cameraName : words.folderName;

    out.local = time.local;
    out.date = time.date;
    out.time = time.time;
    out.pastHour = time.pastHour;
    out.utc = time.utc;
    out.duration = time.duration;
    out.isUtc = time.isUtc;
    out.isSummerTime = time.isSummerTime;
    out.inProgress = path.inProgress;
    out.fixedName = words.isFixedName && out.kind == Kind::Still;

    d->applyForms(path, words, out);
    if (out.kind == Kind::Still)
        out.duration = 0;
    return out;
}

} // namespace gatehouse::vendors
