#include "core/workbench/demo_data.h"

#include <array>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::array kClips {
    DemoClip {"bbb_720p25_5.1.mp4", "Big Buck Bunny, the meadow"},
    DemoClip {"noaudio_1080p24.mp4", "Sintel, the mountain"},
    DemoClip {"nasa_two_video_two_audio_subs.mp4", "NASA, orbit"},
    DemoClip {"bbb_480p_vp9_opus.webm", "Big Buck Bunny, the giant"},
    DemoClip {"hdr10_pq_av1_vertical.mp4", "A phone in the sun"},
    DemoClip {"talking_head_mono.mp4", "One word"},
};

constexpr auto kDay = 24h;

rights::Deal deal(const QString& id, const QString& licensor)
{
    rights::Deal result;
    result.id = DealId(id);
    result.licensor = licensor;
    result.status = rights::DealStatus::Active;
    return result;
}

struct Terms {
    QStringList countries;
    QStringList sites;
    QStringList offers;
    std::optional<Instant> start;
    std::optional<Instant> end;
};

rights::Rule grant(const QString& id, const TitleId& title, const QString& dealId, const Terms& terms)
{
    rights::Rule rule;
    rule.id = WindowId(id);
    rule.scope = title;
    rule.deal = DealId(dealId);
    rule.territory.include = terms.countries;
    rule.sites = {.all = terms.sites.isEmpty(), .names = terms.sites};
    rule.offers = {.all = terms.offers.isEmpty(), .names = terms.offers};
    rule.window = {terms.start, terms.end};
    return rule;
}

rights::Rule restriction(const QString& id, const TitleId& title, rights::RestrictionKind kind, const Terms& terms)
{
    rights::Rule rule = grant(id, title, {}, terms);
    rule.effect = rights::Effect::Deny;
    rule.kind = kind;
    return rule;
}

} // namespace

std::span<const DemoClip> demoClips()
{
    return kClips;
}

RightsPlan demoRights(const std::vector<TitleId>& titles, Instant now)
{
    const Instant today = std::chrono::floor<std::chrono::days>(now);
    const auto day = [today](int days) { return std::optional<Instant>(today + days * kDay); };
    const QStringList web {u"web"_s};
    RightsPlan plan;
    plan.why = u"demo"_s;
    plan.deals = {deal(u"K-114"_s, u"Meadow Films"_s), deal(u"K-120"_s, u"Meadow Films"_s),
        deal(u"K-131"_s, u"Northern Pictures"_s)};
    const TitleId& first = titles.front();
    const auto add = [&plan](rights::Rule rule) { plan.put.push_back(std::move(rule)); };

    rights::Rule exclusive = grant(u"bbb-svod-de"_s, first, u"K-114"_s,
        {{u"DE"_s, u"AT"_s, u"CH"_s}, web, {kDemoOffer, u"svod_plus"_s}, day(-120), day(240)});
    exclusive.exclusive = true;
    add(exclusive);
    add(grant(u"bbb-svod-fr"_s, first, u"K-120"_s, {{u"FR"_s}, web, {kDemoOffer}, day(-75), day(310)}));
    add(grant(u"bbb-svod-gb"_s, first, u"K-114"_s, {{u"GB"_s, u"IE"_s}, web, {kDemoOffer}, day(-200), day(9)}));
    add(grant(u"bbb-avod-gb"_s, first, u"K-131"_s, {{u"GB"_s, u"IE"_s}, web, {u"avod"_s}, day(9), day(200)}));
    add(grant(
        u"bbb-est-us"_s, first, u"K-131"_s, {{u"US"_s, u"CA"_s}, {}, {u"est"_s, u"tvod"_s}, day(-30), std::nullopt}));
    add(grant(u"bbb-svod-pl"_s, first, u"K-120"_s, {{u"PL"_s}, web, {kDemoOffer}, day(24), day(389)}));
    add(restriction(u"bbb-holdback-us"_s, first, rights::RestrictionKind::Holdback,
        {{u"US"_s, u"CA"_s}, {}, {kDemoOffer, u"avod"_s}, day(-30), day(60)}));
    add(restriction(
        u"bbb-blackout-ch"_s, first, rights::RestrictionKind::Blackout, {{u"CH"_s}, web, {}, day(30), day(44)}));

    for (std::size_t i = 1; i < titles.size(); ++i) {
        const int offset = static_cast<int>(i) * 17;
        add(grant(u"clip-%1-eu"_s.arg(i), titles[i], u"K-120"_s,
            {{u"DE"_s, u"FR"_s, u"NL"_s}, web, {kDemoOffer, u"avod"_s}, day(-offset), day(365 - offset)}));
        if (i % 2 == 1)
            add(grant(u"clip-%1-us"_s.arg(i), titles[i], u"K-131"_s,
                {{u"US"_s}, {}, {u"avod"_s}, day(14 + offset), day(380 + offset)}));
    }
    return plan;
}

} // namespace vidimus::workbench
