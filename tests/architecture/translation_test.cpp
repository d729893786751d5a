// Holds the texts against what translators get: lupdate finds one in every file that has one, knows the
// context of each, and is never given a variable in place of a text.
#include "support/registry.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

namespace
{

constexpr int kLupdatePatience = 120'000; // ms

QString textOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QStringList programSources()
{
    QStringList out;
    for (const char *folder : {"core", "ui", "app"}) {
        QDirIterator it(QStringLiteral(GATEHOUSE_SOURCE_DIR "/") + QLatin1String(folder),
                        {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                        QDirIterator::Subdirectories);
        while (it.hasNext())
            out.append(it.next());
    }
    return out;
}

QString withoutComments(QString text)
{
    static const QRegularExpression comment(QStringLiteral("(^|[ \\t])//[^\\n]*"),
                                            QRegularExpression::MultilineOption);
    return text.replace(comment, QString());
}

// The files that a .ts file names.
QSet<QString> filesIn(const QString &tsFile)
{
    QSet<QString> out;
    QFile file(tsFile);
    if (!file.open(QIODevice::ReadOnly))
        return out;
    const QDir folder = QFileInfo(tsFile).dir();
    QXmlStreamReader xml(&file);
    while (!xml.atEnd()) {
        if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == QLatin1String("location"))
            out.insert(QDir::cleanPath(
                folder.absoluteFilePath(xml.attributes().value(QLatin1String("filename")).toString())));
    }
    return out;
}

} // namespace

class TranslationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // tr(text) in a helper hides the text from lupdate; the texts themselves are then marked, and looked up
    // by QCoreApplication::translate() under the context they were marked with.
    void translationCallsTakeOnlyLiterals()
    {
        static const QRegularExpression variable(
            QStringLiteral("(?<![A-Za-z_])tr\\((?!\\s*\")[^)]*\\)"
                           "|QCoreApplication::translate\\((?!\\s*\")[^)]*\\)"));
        for (const QString &path : programSources()) {
            const auto found = variable.match(withoutComments(textOf(path)));
            QVERIFY2(!found.hasMatch(), qPrintable(path + QStringLiteral(": ") + found.captured()));
        }
    }

    void lupdateFindsTextsInEveryFile()
    {
        const QString lupdate = QStringLiteral(GATEHOUSE_LUPDATE);
        if (!QFileInfo(lupdate).isExecutable())
            QSKIP("lupdate is missing: install qt6-l10n-tools");
        const QTemporaryDir folder;
        const QString tsFile = folder.filePath(QStringLiteral("all.ts"));
        QProcess process;
        process.setWorkingDirectory(QStringLiteral(GATEHOUSE_SOURCE_DIR));
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(lupdate, QStringLiteral(GATEHOUSE_LUPDATE_ARGUMENTS).split(QLatin1Char(' ')) +
                                   QStringList{QStringLiteral("-locations"), QStringLiteral("absolute"),
                                               QStringLiteral("-ts"), tsFile});
        QVERIFY(process.waitForFinished(kLupdatePatience));
        const QByteArray said = process.readAll();
        QCOMPARE(process.exitCode(), 0);
        for (const char *trouble : {"lacks Q_OBJECT", "Qualifying with unknown", "Discarding", "Unexpected"})
            QVERIFY2(!said.contains(trouble), said.constData());

        static const QRegularExpression text(QStringLiteral(
            "(?<![A-Za-z_])(tr\\(|(translate|QT_TRANSLATE_NOOP)\\(\\s*\"[^\"]+\",)\\s*\"[^\"]"));
        const QSet<QString> known = filesIn(tsFile);
        int files = 0;
        for (const QString &path : programSources()) {
            if (!text.match(withoutComments(textOf(path))).hasMatch())
                continue;
            ++files;
            QVERIFY2(known.contains(QDir::cleanPath(path)), qPrintable(path));
        }
        QVERIFY(files > 100);
    }
};

GATEHOUSE_TEST(TranslationTest)
#include "translation_test.moc"
