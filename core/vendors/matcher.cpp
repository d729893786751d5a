#include "vendors/matcher.h"

#include "vendors/file_extension.h"
#include "vendors/rule.h"

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
    QVector<Rule> rules; // strong, weak, fall-back; within those by file and position
    Vocabulary vocabulary;

    Result<void> add(const QString &vendor, const QJsonObject &json)
    {
        for (const QJsonValue &entry : json[u"plainFolders"].toArray())
            vocabulary.plainFolders.insert(entry.toString().toLower());
        const auto words = causesFromJson(json[u"words"].toObject());
        if (!words)
            return tl::unexpected(wrongFile(vendor, words.error().text));
        vocabulary.words.insert(*words);
        for (const QJsonValue &entry : json[u"rules"].toArray()) {
            auto rule = Rule::fromJson(vendor, entry.toObject());
            if (!rule)
                return tl::unexpected(
                    wrongFile(vendor, QStringLiteral("rule \"%1\": %2")
                                          .arg(entry.toObject()[u"name"].toString(), rule.error().text)));
            rules.append(std::move(*rule));
        }
        return {};
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
    if (content->rules.isEmpty())
        return tl::unexpected(wrongFile(folder, QStringLiteral("no rules")));
    std::stable_sort(content->rules.begin(), content->rules.end(),
                     [](const Rule &a, const Rule &b) { return a.strength() < b.strength(); });
    return std::shared_ptr<const Matcher>(new Matcher(std::move(content)));
}

PathMetadata Matcher::match(const QString &remotePath) const
{
    const RemotePath path(remotePath);
    std::optional<PathMetadata> test; // the rest of the name takes precedence
    for (const Rule &rule : std::as_const(d->rules)) {
        auto metadata = rule.match(path, d->vocabulary);
        if (metadata && !metadata->isTestName) {
            metadata->isTestName = test.has_value();
            if (test && rule.strength() == Rule::Strength::FallBack)
                metadata->vendor = test->vendor;
            return *metadata;
        }
        if (metadata && !test)
            test = metadata;
    }
    if (test)
        return *test;
    PathMetadata unknown;
    unknown.vendor = QStringLiteral("generic");
    unknown.kind = kindByExtension(path.text);
    unknown.inProgress = path.inProgress;
    return unknown;
}

} // namespace gatehouse::vendors
