// Every failure has a reason, somebody who can help, and a sentence that says what to do.
#include "s3/failures.h"
#include "support/registry.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::s3;

namespace
{

constexpr qint64 kNow = 1'369'353'600'000; // Fri, 24 May 2013 00:00:00 GMT

const RequestContext kContext{QStringLiteral("evidence"),
                              QStringLiteral("s3.example.com"),
                              QStringLiteral("s3:PutObject"),
                              true,
                              false,
                              false,
                              kNow};

HttpResponse answer(int status, const QByteArray &code = {}, const Headers &headers = {})
{
    HttpResponse out;
    out.status = status;
    out.headers = headers;
    if (!code.isEmpty())
        out.body = "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>why</Message></Error>";
    return out;
}

HttpResponse faulty(HttpFault fault, const char *text = "details")
{
    HttpResponse out;
    out.fault = fault;
    out.faultText = QString::fromLatin1(text);
    return out;
}

S3Error errorFor(const HttpResponse &response)
{
    return errorIn(response, kContext).value_or(S3Error{{}, Reason::InvalidRequest, Remedy::OurBug});
}

} // namespace

class S3FailuresTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void classifies_data();
    void classifies();
    void successIsNoError();
    void storedContentIsNoError();
    void anErrorUnder200IsOne();
    void earlyRefusalCountsThoughTheConnectionBroke();
    void aCutSuccessIsCut();
    void saysByHowMuchTheClockIsWrong();
    void headTellsAboutTheClockByItsDate();
    void namesTheRightRegion();
    void readsRetryAfter();
    void aWebPageIsNoServer();
    void whatToDoIsSaid();
    void hostileTextIsEscaped();
};

void S3FailuresTest::classifies_data()
{
    QTest::addColumn<HttpResponse>("response");
    QTest::addColumn<Reason>("reason");
    QTest::addColumn<Remedy>("remedy");
    QTest::addColumn<ErrorKind>("kind");
    const auto row = [](const char *name, const HttpResponse &response, Reason reason, Remedy remedy,
                        ErrorKind kind) { QTest::newRow(name) << response << reason << remedy << kind; };
    const auto again = [&](const char *name, const HttpResponse &response, Reason reason) {
        row(name, response, reason, Remedy::TryAgain, ErrorKind::Unavailable);
    };
    const auto yours = [&](const char *name, const HttpResponse &response, Reason reason, ErrorKind kind) {
        row(name, response, reason, Remedy::YourTurn, kind);
    };
    again("503 SlowDown", answer(503, "SlowDown"), Reason::SlowDown);
    again("503", answer(503), Reason::SlowDown);
    again("503 ServiceUnavailable", answer(503, "ServiceUnavailable"), Reason::ServerTrouble);
    again("503 no tomes available", answer(503, "no tomes available"), Reason::SlowDown);
    again("429", answer(429), Reason::SlowDown);
    again("500 InternalError", answer(500, "InternalError"), Reason::ServerTrouble);
    again("502", answer(502), Reason::ServerTrouble);
    again("400 RequestTimeout", answer(400, "RequestTimeout"), Reason::Timeout);
    again("400 BadDigest", answer(400, "BadDigest"), Reason::BadDigest);
    again("400 XAmzContentSHA256Mismatch", answer(400, "XAmzContentSHA256Mismatch"), Reason::BadDigest);
    again("409", answer(409, "OperationAborted"), Reason::ServerTrouble);
    again("404 NoSuchUpload", answer(404, "NoSuchUpload"), Reason::NoSuchUpload);
    again("refused", faulty(HttpFault::Connect), Reason::Network);
    again("cut", faulty(HttpFault::Cut), Reason::Network);
    again("stalled", faulty(HttpFault::Stalled), Reason::Timeout);
    again("unknown name", faulty(HttpFault::Resolve), Reason::Dns);
    again("too long", faulty(HttpFault::TooLong), Reason::UnexpectedAnswer);
    yours("certificate", faulty(HttpFault::TlsTrouble), Reason::Tls, ErrorKind::Denied);
    yours("proxy", faulty(HttpFault::ProxyTrouble), Reason::Proxy, ErrorKind::Denied);
    yours("file", faulty(HttpFault::BodyUnreadable), Reason::LocalFile, ErrorKind::Corrupt);
    yours("403 AccessDenied", answer(403, "AccessDenied"), Reason::Permission, ErrorKind::Denied);
    yours("403", answer(403), Reason::Permission, ErrorKind::Denied);
    yours("403 InvalidAccessKeyId", answer(403, "InvalidAccessKeyId"), Reason::Credentials,
          ErrorKind::Denied);
    yours("403 SignatureDoesNotMatch", answer(403, "SignatureDoesNotMatch"), Reason::Credentials,
          ErrorKind::Denied);
    yours("403 RequestTimeTooSkewed", answer(403, "RequestTimeTooSkewed"), Reason::ClockSkew,
          ErrorKind::Invalid);
    yours("403 QuotaExceeded", answer(403, "QuotaExceeded"), Reason::Quota, ErrorKind::Full);
    yours("507", answer(507), Reason::Quota, ErrorKind::Full);
    yours("404 NoSuchBucket", answer(404, "NoSuchBucket"), Reason::NoSuchBucket, ErrorKind::NotFound);
    yours("404 NoSuchKey", answer(404, "NoSuchKey"), Reason::NoSuchObject, ErrorKind::NotFound);
    yours("404", answer(404), Reason::NoSuchObject, ErrorKind::NotFound);
    yours("501", answer(501, "NotImplemented"), Reason::Unsupported, ErrorKind::Invalid);
    yours("301", answer(301, "PermanentRedirect", {{"x-amz-bucket-region", "eu-west-1"}}),
          Reason::WrongRegion, ErrorKind::Invalid);
    yours("301 without a document", answer(301, {}, {{"x-amz-bucket-region", "eu-west-1"}}),
          Reason::WrongRegion, ErrorKind::Invalid);
    yours("302", answer(302, {}, {{"location", "http://hotel.example"}}), Reason::SignInPage,
          ErrorKind::Denied);
    yours("511", answer(511), Reason::SignInPage, ErrorKind::Denied);
    row("412", answer(412, "PreconditionFailed"), Reason::ConditionFailed, Remedy::OurBug,
        ErrorKind::Invalid);
    row("400 MalformedXML", answer(400, "MalformedXML"), Reason::InvalidRequest, Remedy::OurBug,
        ErrorKind::Internal);
    row("400 without a region", answer(400, "AuthorizationHeaderMalformed"), Reason::InvalidRequest,
        Remedy::OurBug, ErrorKind::Internal);
    yours("407", answer(407), Reason::Proxy, ErrorKind::Denied);
    yours("413", answer(413), Reason::Unsupported, ErrorKind::Invalid);
    yours("InvalidObjectState", answer(403, "InvalidObjectState"), Reason::Unsupported, ErrorKind::Invalid);
    yours("405 of a delete marker", answer(405, "MethodNotAllowed", {{"x-amz-delete-marker", "true"}}),
          Reason::NoSuchObject, ErrorKind::NotFound);
    again("408", answer(408), Reason::Timeout);
    again("400 InvalidPart", answer(400, "InvalidPart"), Reason::NoSuchUpload);
    again("400 InvalidPartOrder", answer(400, "InvalidPartOrder"), Reason::NoSuchUpload);
    again("307 without another region", answer(307, "TemporaryRedirect"), Reason::ServerTrouble);
    HttpResponse other = answer(400);
    other.body = "{\"error\":\"what is this\"}";
    again("400 in other words", other, Reason::UnexpectedAnswer);
    row("cancelled", faulty(HttpFault::Cancelled), Reason::Cancelled, Remedy::TryAgain, ErrorKind::Cancelled);
}

void S3FailuresTest::classifies()
{
    QFETCH(HttpResponse, response);
    QFETCH(Reason, reason);
    QFETCH(Remedy, remedy);
    QFETCH(ErrorKind, kind);
    const auto error = errorIn(response, kContext);
    QVERIFY(error);
    QCOMPARE(error->reason, reason);
    QCOMPARE(error->remedy, remedy);
    QCOMPARE(error->kind, kind);
    QCOMPARE(error->httpStatus, response.status);
    QVERIFY2(error->text.endsWith(QLatin1Char('.')) || reason == Reason::LocalFile ||
                 reason == Reason::InvalidRequest,
             qPrintable(error->text));
}

void S3FailuresTest::successIsNoError()
{
    QVERIFY(!errorIn(answer(200), kContext));
    QVERIFY(!errorIn(answer(204), kContext));
    QVERIFY(!errorIn(answer(206), kContext));
}

// Somebody may have stored an error document, or a web page.
void S3FailuresTest::storedContentIsNoError()
{
    RequestContext content = kContext;
    content.isContent = true;
    QVERIFY(!errorIn(answer(200, "InternalError"), content));
    QVERIFY(!errorIn(answer(200, {}, {{"content-type", "text/html"}, {"etag", "\"x\""}}), content));
    QVERIFY(errorIn(answer(404, "NoSuchKey"), content));
}

void S3FailuresTest::anErrorUnder200IsOne()
{
    QCOMPARE(errorFor(answer(200, "InternalError")).reason, Reason::ServerTrouble);
    QCOMPARE(errorFor(answer(200, "WhatIsThis")).remedy, Remedy::TryAgain);
    QCOMPARE(errorFor(answer(200, "PreconditionFailed")).reason, Reason::ConditionFailed);
}

void S3FailuresTest::earlyRefusalCountsThoughTheConnectionBroke()
{
    HttpResponse response = answer(403, "InvalidAccessKeyId");
    response.fault = HttpFault::Cut;
    QCOMPARE(errorFor(response).reason, Reason::Credentials);
    response = answer(503);
    response.fault = HttpFault::Cut;
    QCOMPARE(errorFor(response).reason, Reason::SlowDown);
}

void S3FailuresTest::aCutSuccessIsCut()
{
    HttpResponse response = answer(200);
    response.fault = HttpFault::Cut;
    QCOMPARE(errorFor(response).reason, Reason::Network);
}

void S3FailuresTest::saysByHowMuchTheClockIsWrong()
{
    const auto error =
        errorFor(answer(403, "RequestTimeTooSkewed", {{"date", "Fri, 24 May 2013 03:12:00 GMT"}}));
    QCOMPARE(error.clockSkew, (3 * 60 + 12) * 60'000);
    QVERIFY2(error.text.contains(QLatin1String("3 h 12 min behind")), qPrintable(error.text));
    const auto ahead =
        errorFor(answer(403, "RequestTimeTooSkewed", {{"date", "Wed, 22 May 2013 23:00:00 GMT"}}));
    QVERIFY2(ahead.text.contains(QLatin1String("1 d 1 h ahead")), qPrintable(ahead.text));
    QVERIFY(!errorFor(answer(403, "RequestTimeTooSkewed")).text.contains(QLatin1String("0 s")));
}

void S3FailuresTest::headTellsAboutTheClockByItsDate()
{
    QCOMPARE(errorFor(answer(403, {}, {{"date", "Fri, 24 May 2013 00:20:00 GMT"}})).reason,
             Reason::ClockSkew);
    QCOMPARE(errorFor(answer(403, {}, {{"date", "Fri, 24 May 2013 00:10:00 GMT"}})).reason,
             Reason::Permission);
    // What counts is the time that the request was dated with.
    RequestContext corrected = kContext;
    corrected.signedAt = kNow + 20 * 60'000;
    QCOMPARE(errorIn(answer(403, {}, {{"date", "Fri, 24 May 2013 00:20:00 GMT"}}), corrected)->reason,
             Reason::Permission);
    QCOMPARE(errorFor(answer(403, "AccessDenied", {{"date", "Fri, 24 May 2013 00:20:00 GMT"}})).reason,
             Reason::Permission);
}

void S3FailuresTest::namesTheRightRegion()
{
    const auto error = errorFor(answer(301, "PermanentRedirect", {{"x-amz-bucket-region", "eu-central-1"}}));
    QCOMPARE(error.region, QStringLiteral("eu-central-1"));
    QVERIFY2(error.text.contains(QLatin1String("eu-central-1")), qPrintable(error.text));
    HttpResponse malformed = answer(400);
    malformed.body = "<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-west-3</Region></Error>";
    QCOMPARE(errorFor(malformed).reason, Reason::WrongRegion);
    QCOMPARE(errorFor(malformed).region, QStringLiteral("eu-west-3"));
    RequestContext there = kContext;
    there.region = QStringLiteral("eu-west-3");
    QCOMPARE(errorIn(malformed, there)->reason, Reason::InvalidRequest);
    RequestContext locked = kContext;
    locked.hasLock = true;
    QCOMPARE(errorIn(answer(400, "InvalidRequest"), locked)->reason, Reason::Unsupported);
    QCOMPARE(errorFor(answer(400, "InvalidRequest")).reason, Reason::InvalidRequest);
    // Amazon names the region everywhere; only a refusal is about it.
    QCOMPARE(errorFor(answer(403, "AccessDenied", {{"x-amz-bucket-region", "eu-west-1"}})).reason,
             Reason::Permission);
    QCOMPARE(otherRegionIn(answer(301, {}, {{"x-amz-bucket-region", "evil.example/"}}), {}), QString());
}

void S3FailuresTest::readsRetryAfter()
{
    QCOMPARE(errorFor(answer(503, "SlowDown", {{"retry-after", "7"}})).retryAfter, 7000);
    QCOMPARE(errorFor(answer(503, {}, {{"retry-after", "Fri, 24 May 2013 00:01:00 GMT"}})).retryAfter,
             60'000);
    QCOMPARE(errorFor(answer(503, {}, {{"retry-after", "99999999"}})).retryAfter, 3'600'000);
    QCOMPARE(errorFor(answer(503, {}, {{"retry-after", "-5"}})).retryAfter, 0);
    QVERIFY(!errorFor(answer(503, {}, {{"retry-after", "soon"}})).retryAfter);
    QVERIFY(!errorFor(answer(503)).retryAfter);
}

void S3FailuresTest::aWebPageIsNoServer()
{
    const Headers page{{"content-type", "text/html; charset=utf-8"}};
    QCOMPARE(errorFor(answer(200, {}, page)).reason, Reason::SignInPage);
    QCOMPARE(errorFor(answer(403, {}, page)).reason, Reason::SignInPage);
    // A load balancer's page is still the server's.
    QCOMPARE(errorFor(answer(502, {}, page)).reason, Reason::ServerTrouble);
    QCOMPARE(errorFor(answer(408, {}, page)).remedy, Remedy::TryAgain);
    QCOMPARE(errorFor(answer(429, {}, page)).remedy, Remedy::TryAgain);
    QCOMPARE(errorFor(answer(413, {}, page)).reason, Reason::Unsupported);
    QCOMPARE(errorFor(answer(407, {}, page)).reason, Reason::Proxy);
    QCOMPARE(errorFor(answer(403, {}, page + Headers{{"x-amz-request-id", "1"}})).reason, Reason::Permission);
}

void S3FailuresTest::whatToDoIsSaid()
{
    const auto says = [](const HttpResponse &response, const char *words) {
        return errorFor(response).text.contains(QLatin1String(words));
    };
    QVERIFY(says(answer(403, "AccessDenied"), "s3:PutObject"));
    QVERIFY(says(answer(403, "AccessDenied"), "evidence"));
    QVERIFY(says(answer(403, "InvalidAccessKeyId"), "Enter the current key"));
    QVERIFY(says(answer(404, "NoSuchBucket"), "evidence"));
    QVERIFY(says(faulty(HttpFault::Resolve), "s3.example.com"));
    QVERIFY(says(faulty(HttpFault::TlsTrouble, "self-signed certificate"), "self-signed certificate"));
    const auto error = errorFor(answer(500, "InternalError", {{"x-amz-request-id", "4442587FB7D0A2F9"}}));
    QCOMPARE(error.requestId, QStringLiteral("4442587FB7D0A2F9"));
    QCOMPARE(error.code, QStringLiteral("InternalError"));
}

void S3FailuresTest::hostileTextIsEscaped()
{
    HttpResponse response = answer(400);
    response.body =
        "<Error><Code>A\nB</Code><Message>" + QByteArray(5000, 'x') + "&#x1b;[31m</Message></Error>";
    const QString text = errorFor(response).text;
    QVERIFY(!text.contains(QLatin1Char('\n')));
    QVERIFY(text.size() < 600);
}

GATEHOUSE_TEST(S3FailuresTest)
#include "failures_test.moc"
