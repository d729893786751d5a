// Holds the sources against the structure: see the names of the tests.
#include "support/registry.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <algorithm>

namespace
{

struct Module {
    QString layer;
    QSet<QString> mayUse; // including its dependencies' dependencies
};

const QRegularExpression kModuleInclude(QStringLiteral("^#include \"([a-z_0-9]+)/"));

QHash<QString, Module> declaredModules()
{
    QHash<QString, Module> out;
    QFile file(QStringLiteral(GATEHOUSE_MODULES_FILE));
    if (!file.open(QIODevice::ReadOnly))
        return out;
    // Modules are declared in dependency order, so one pass computes the closure.
    for (const QByteArray &line : file.readAll().split('\n')) {
        const QStringList parts = QString::fromUtf8(line).split(QLatin1Char('\t'));
        if (parts.size() != 3)
            continue;
        Module module{parts[0], {parts[1]}};
        for (const QString &dependency : parts[2].split(QLatin1Char(','), Qt::SkipEmptyParts))
            module.mayUse += out.value(dependency).mayUse;
        out.insert(parts[1], module);
    }
    return out;
}

QStringList linesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QStringList lines = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'));
    if (!lines.isEmpty() && lines.last().isEmpty())
        lines.removeLast();
    return lines;
}

QStringList sourcesBelow(const QString &folder)
{
    QStringList out;
    QDirIterator it(QStringLiteral(GATEHOUSE_SOURCE_DIR "/") + folder,
                    {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                    QDirIterator::Subdirectories);
    while (it.hasNext())
        out.append(it.next());
    return out;
}

QString moduleOf(const QString &path)
{
    // core/<module>/…/file or ui/<module>/…/file
    static const qsizetype root = QStringLiteral(GATEHOUSE_SOURCE_DIR "/").size();
    return path.mid(root).section(QLatin1Char('/'), 1, 1);
}

// The folders of ui/ that stand side by side: all but what they share and what puts them together. A new
// screen is one of them without being named here.
QSet<QString> siblings(const QHash<QString, Module> &modules)
{
    static const QSet<QString> below{QStringLiteral("widgets"), QStringLiteral("models")};
    static const QSet<QString> above{QStringLiteral("review"), QStringLiteral("shell")};
    QSet<QString> out;
    for (auto it = modules.cbegin(); it != modules.cend(); ++it) {
        if (it->layer == QLatin1String("ui") && !below.contains(it.key()) && !above.contains(it.key()))
            out.insert(it.key());
    }
    return out;
}

} // namespace

class ArchitectureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void includesFollowDeclaredDependencies();
    void catalogIncludesFollowItsLayers();
    void coreDoesNotIncludeUiHeaders();
    void screensDoNotIncludeEachOther();
    void uiTestFoldersMirrorSourceFolders();
    void warnsAboutLongFiles();
    void coloursAreNamedOnlyInTheTheme();
    void argCallsAreNotChained();
    void commandNamesAppearOnlyInTheProtocol();
    void futuresAreContinuedOnlyByTheHelpers();
};

void ArchitectureTest::includesFollowDeclaredDependencies()
{
    const auto modules = declaredModules();
    QVERIFY(modules.size() >= 8);
    QStringList wrong;
    for (const QString &layer : {QStringLiteral("core"), QStringLiteral("ui")}) {
        for (const QString &path : sourcesBelow(layer)) {
            const QString own = moduleOf(path);
            QVERIFY2(modules.contains(own), qPrintable(path + QStringLiteral(" is in no declared module")));
            for (const QString &line : linesOf(path)) {
                const auto match = kModuleInclude.match(line);
                if (match.hasMatch() && !modules[own].mayUse.contains(match.captured(1)))
                    wrong.append(path + QStringLiteral(": ") + line);
            }
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

// types <- tables <- operations <- the facade (Writer, Reader, ReaderPool).
void ArchitectureTest::catalogIncludesFollowItsLayers()
{
    static const QVector<QPair<QString, QString>> forbidden{
        {QStringLiteral("types"), QStringLiteral("tables/|operations/|writer\\.h|reader(_pool)?\\.h")},
        {QStringLiteral("tables"), QStringLiteral("operations/|writer\\.h|reader(_pool)?\\.h")},
        {QStringLiteral("operations"), QStringLiteral("writer\\.h|reader(_pool)?\\.h")},
    };
    QStringList wrong;
    for (const auto &[folder, headers] : forbidden) {
        const QRegularExpression include(QStringLiteral("^#include \"catalog/(%1)").arg(headers));
        const QStringList sources = sourcesBelow(QStringLiteral("core/catalog/") + folder);
        QVERIFY2(!sources.isEmpty(), qPrintable(folder));
        for (const QString &path : sources) {
            for (const QString &line : linesOf(path)) {
                if (include.match(line).hasMatch())
                    wrong.append(path + QStringLiteral(": ") + line);
            }
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

void ArchitectureTest::coreDoesNotIncludeUiHeaders()
{
    static const QRegularExpression screen(
        QStringLiteral("^#include *[<\"](QtWidgets|QtGui|QWidget|QPainter|QPixmap|QImage|QColor|QIcon|ui/)"));
    QStringList wrong;
    for (const QString &path : sourcesBelow(QStringLiteral("core"))) {
        for (const QString &line : linesOf(path)) {
            if (screen.match(line).hasMatch())
                wrong.append(path + QStringLiteral(": ") + line);
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

// What two screens share goes to ui/models or ui/widgets; what ties them together, to ui/review or ui/shell.
void ArchitectureTest::screensDoNotIncludeEachOther()
{
    const auto modules = declaredModules();
    const QSet<QString> screens = siblings(modules);
    for (const char *known : {"timeline", "player", "events", "cameras", "preferences", "setup"})
        QVERIFY2(screens.contains(QLatin1String(known)), known);
    QStringList wrong;
    for (const QString &screen : screens) {
        const QSet<QString> others = screens - QSet<QString>{screen};
        for (const QString &other : others &modules[screen].mayUse)
            wrong.append(QStringLiteral("ui/%1/CMakeLists.txt declares its sibling %2").arg(screen, other));
        for (const QString &folder : {QStringLiteral("ui/"), QStringLiteral("tests/ui/")}) {
            for (const QString &path : sourcesBelow(folder + screen)) {
                for (const QString &line : linesOf(path)) {
                    const auto match = kModuleInclude.match(line);
                    if (match.hasMatch() && others.contains(match.captured(1)))
                        wrong.append(QStringLiteral("%1 includes a sibling: %2").arg(path, line));
                }
            }
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

void ArchitectureTest::uiTestFoldersMirrorSourceFolders()
{
    const auto modules = declaredModules();
    const QDir tests(QStringLiteral(GATEHOUSE_SOURCE_DIR "/tests/ui"));
    const QStringList folders = tests.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    QVERIFY(!folders.isEmpty());
    for (const QString &folder : folders) {
        QVERIFY2(modules.value(folder).layer == QLatin1String("ui"),
                 qPrintable(QStringLiteral("tests/ui/%1 mirrors no folder of ui/").arg(folder)));
        QVERIFY2(tests.exists(folder + QStringLiteral("/CMakeLists.txt")),
                 qPrintable(QStringLiteral("tests/ui/%1 is not built").arg(folder)));
    }
}

void ArchitectureTest::warnsAboutLongFiles()
{
    // A guideline: a class is never cut in two to stay below a number, so this warns instead of failing.
    for (const QString &layer :
         {QStringLiteral("app"), QStringLiteral("core"), QStringLiteral("ui"), QStringLiteral("tests")}) {
        for (const QString &path : sourcesBelow(layer)) {
            const qsizetype lines = linesOf(path).size();
            if (lines > 800)
                qWarning("%s: %d lines; does it have one reason to change?", qPrintable(path), int(lines));
        }
    }
}

void ArchitectureTest::coloursAreNamedOnlyInTheTheme()
{
    static const QRegularExpression colour(
        QStringLiteral("\"#[0-9A-Fa-f]{6}|Qt::(red|blue|green|white|black|gray)\\b"));
    QStringList wrong;
    for (const QString &path : sourcesBelow(QStringLiteral("ui"))) {
        if (path.endsWith(QLatin1String("/widgets/theme.cpp")))
            continue;
        for (const QString &line : linesOf(path)) {
            if (colour.match(line).hasMatch())
                wrong.append(path + QStringLiteral(": ") + line);
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

// A path may contain "%1", which the second .arg() would replace. Use .arg(a, b).
void ArchitectureTest::argCallsAreNotChained()
{
    static const QRegularExpression chain(QString::fromLatin1(
        "\\.arg(\\((?:[^()\"']|'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"|(?1))*\\))\\s*\\.arg\\("));
    QVERIFY(chain.match(QStringLiteral(".arg(f(\"(\"), b)\n    .arg(c)")).hasMatch());
    QVERIFY(!chain.match(QStringLiteral(".arg(a.arg(b), c)")).hasMatch());
    QStringList wrong;
    for (const QString &layer : {QStringLiteral("app"), QStringLiteral("core"), QStringLiteral("ui")}) {
        for (const QString &path : sourcesBelow(layer)) {
            const auto match = chain.match(linesOf(path).join(QLatin1Char('\n')));
            if (match.hasMatch())
                wrong.append(path + QStringLiteral(": ") + match.captured());
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

// Elsewhere a command is its struct. A name without a dot, such as "status", may be any other word.
void ArchitectureTest::commandNamesAppearOnlyInTheProtocol()
{
    static const QRegularExpression name(QStringLiteral("\\bkName\\{(\"[^\"]+\\.[^\"]+\")\\}"));
    QStringList literals;
    for (const QString &path : sourcesBelow(QStringLiteral("core/protocol"))) {
        for (const QString &line : linesOf(path)) {
            if (const auto match = name.match(line); match.hasMatch())
                literals.append(match.captured(1));
        }
    }
    QVERIFY(literals.size() >= 20);
    QStringList wrong;
    for (const QString &layer :
         {QStringLiteral("app"), QStringLiteral("core"), QStringLiteral("ui"), QStringLiteral("tests")}) {
        for (const QString &path : sourcesBelow(layer)) {
            if (path.contains(QLatin1String("/core/protocol/")))
                continue;
            for (const QString &line : linesOf(path)) {
                const bool isNamed = std::any_of(literals.begin(), literals.end(),
                                                 [&](const QString &one) { return line.contains(one); });
                if (isNamed)
                    wrong.append(path + QStringLiteral(": ") + line);
            }
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

// QFuture::then() crashes where its context goes first, and nests: use whenDone(), andThen() or converted().
void ArchitectureTest::futuresAreContinuedOnlyByTheHelpers()
{
    static const QRegularExpression then(QStringLiteral("(\\.|->)then\\("));
    QStringList wrong;
    for (const QString &layer : {QStringLiteral("app"), QStringLiteral("core"), QStringLiteral("ui")}) {
        for (const QString &path : sourcesBelow(layer)) {
            if (path.endsWith(QLatin1String("/base/when_done.h")))
                continue;
            for (const QString &line : linesOf(path)) {
                if (then.match(line).hasMatch())
                    wrong.append(path + QStringLiteral(": ") + line);
            }
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

GATEHOUSE_TEST(ArchitectureTest)
#include "architecture_test.moc"
