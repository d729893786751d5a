#include "offsite/wanted.h"

#include "vendors/remote_path.h"

namespace gatehouse::offsite
{

namespace
{

QVector<WantedPart> wantedOfClip(const catalog::Item &item, const ItemFacts &facts, Choice choice,
                                 qint64 notBefore)
{
    QVector<WantedPart> out;
    const bool isExamined = item.state != ItemState::Unexamined;
    if (facts.stillsOfEvent == 0 && (facts.hasPoster || !isExamined))
        out.append({Part::Poster, Rank::FirstPicture, 0, facts.hasPoster ? 0 : item.received + kPosterWait});
    if (choice >= Choice::LowRes && !facts.isLowResImpossible)
        out.append({Part::LowRes, Rank::LowRes, 0, notBefore});
    // What no copy can be made of may still be evidence.
    if (choice >= Choice::Everything || (choice == Choice::LowRes && facts.isLowResImpossible))
        out.append({Part::Original, Rank::Full, item.bytes, notBefore});
    return out;
}

} // namespace

QVector<WantedPart> wantedOf(const catalog::Item &item, const ItemFacts &facts, Choice choice)
{
    if (choice == Choice::Nothing)
        return {};
    const qint64 notBefore =
        vendors::RemotePath(item.sourcePath).inProgress ? item.received + kRenameWait : 0;
    switch (item.kind) {
    case Kind::Still: {
        const bool isFirst = item.event.isValid() && (facts.stillsOfEvent <= 1 || facts.isFirstOfEvent);
        return {{Part::Original, isFirst ? Rank::FirstPicture : Rank::Still, item.bytes, notBefore}};
    }
    case Kind::Clip:
        return wantedOfClip(item, facts, choice, notBefore);
    case Kind::Sidecar:
    case Kind::Other:
        break;
    }
    if (choice < Choice::Everything)
        return {};
    return {{Part::Original, Rank::Full, item.bytes, notBefore}};
}

} // namespace gatehouse::offsite
