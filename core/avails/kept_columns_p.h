#pragma once

#include <QLatin1StringView>
#include <array>

namespace vidimus::avails {

using namespace Qt::StringLiterals;

/// A column whose text a grant keeps as it is written, and the name of that term.
struct KeptColumn {
    QLatin1StringView column;
    QLatin1StringView term;
    bool language = false; ///< tags have no case (RFC 5646, 2.1.1); sheets write EN beside en
};

/// EMA/MovieLabs Avails 1.7 to 1.9, Movies and TV, roughly in the standard's order. What is here is read, kept with the
/// grant and written again; no answer depends on it.
inline constexpr std::array kKeptColumns {
    KeptColumn {"Licensee"_L1, "licensee"_L1},
    KeptColumn {"ServiceProvider"_L1, "service_provider"_L1},
    KeptColumn {"StoreType"_L1, "store_type"_L1},
    KeptColumn {"AssetLanguage"_L1, "asset_language"_L1, true},
    KeptColumn {"LocalizationType"_L1, "localization"_L1},
    KeptColumn {"HoldbackLanguage"_L1, "holdback_language"_L1, true},
    KeptColumn {"AllowedLanguages"_L1, "allowed_languages"_L1, true},
    KeptColumn {"RequiredFulfillmentLanguages"_L1, "required_languages"_L1, true},
    KeptColumn {"TitleDisplayUnlimited"_L1, "title_display"_L1},
    KeptColumn {"SeriesTitleDisplayUnlimited"_L1, "series_title_display"_L1},
    KeptColumn {"EpisodeTitleDisplayUnlimited"_L1, "episode_title_display"_L1},
    KeptColumn {"CompanyDisplayCredit"_L1, "company_credit"_L1},
    KeptColumn {"GroupIdentity"_L1, "group_identity"_L1},
    KeptColumn {"Director"_L1, "director"_L1},
    KeptColumn {"ReleaseYear"_L1, "release_year"_L1},
    KeptColumn {"ReleaseHistoryOriginal"_L1, "release_original"_L1},
    KeptColumn {"ReleaseHistoryPhysicalHV"_L1, "release_physical"_L1},
    KeptColumn {"TotalRunTime"_L1, "run_time"_L1},
    KeptColumn {"PackageLabel"_L1, "package_label"_L1},
    KeptColumn {"VolumeNumber"_L1, "volume"_L1},
    KeptColumn {"VolumeTitleInternalAlias"_L1, "volume_title"_L1},
    KeptColumn {"VolumeTitleDisplayUnlimited"_L1, "volume_title_display"_L1},
    KeptColumn {"VolumeContentID"_L1, "volume_content_id"_L1},
    KeptColumn {"VolumeDistributionNumber"_L1, "volume_distribution_number"_L1},
    KeptColumn {"DistributionNumber"_L1, "distribution_number"_L1},
    KeptColumn {"EpisodeCount"_L1, "episode_count"_L1},
    KeptColumn {"SeasonCount"_L1, "season_count"_L1},
    KeptColumn {"ExceptionFlag"_L1, "exception"_L1},
    KeptColumn {"LicenseRightsDescription"_L1, "rights_description"_L1},
    KeptColumn {"FormatProfile"_L1, "format"_L1},
    KeptColumn {"HDR"_L1, "hdr"_L1},
    KeptColumn {"WCG"_L1, "wcg"_L1},
    KeptColumn {"HFR"_L1, "hfr"_L1},
    KeptColumn {"NGAudio"_L1, "ng_audio"_L1},
    KeptColumn {"Download"_L1, "download"_L1},
    KeptColumn {"ExclusiveAttributes"_L1, "exclusive_attributes"_L1},
    KeptColumn {"BrandingRights"_L1, "branding_rights"_L1},
    KeptColumn {"BrandingRightsAttributes"_L1, "branding_rights_attributes"_L1},
    KeptColumn {"FixedEndDate"_L1, "fixed_end"_L1},
    KeptColumn {"RentalDuration"_L1, "rental_duration"_L1},
    KeptColumn {"WatchDuration"_L1, "watch_duration"_L1},
    KeptColumn {"PriceType"_L1, "price_type"_L1},
    KeptColumn {"PriceValue"_L1, "price_value"_L1},
    KeptColumn {"PriceCurrency"_L1, "price_currency"_L1},
    KeptColumn {"SRP"_L1, "srp"_L1},
    KeptColumn {"SeriesAltID"_L1, "series_alt_id"_L1},
    KeptColumn {"SeasonAltID"_L1, "season_alt_id"_L1},
    KeptColumn {"EpisodeAltID"_L1, "episode_alt_id"_L1},
    KeptColumn {"AltID"_L1, "alt_id"_L1},
    KeptColumn {"UV_ID"_L1, "uv_id"_L1},
    KeptColumn {"DMA_ID"_L1, "dma_id"_L1},
    KeptColumn {"ReportingID"_L1, "reporting_id"_L1},
    KeptColumn {"BundleALIDs"_L1, "bundle_alids"_L1},
    KeptColumn {"RetailerID1"_L1, "retailer_id_1"_L1},
    KeptColumn {"RetailerID2"_L1, "retailer_id_2"_L1},
    KeptColumn {"RetailerID3"_L1, "retailer_id_3"_L1},
    KeptColumn {"RetailerSpare1"_L1, "retailer_spare_1"_L1},
    KeptColumn {"RetailerSpare2"_L1, "retailer_spare_2"_L1},
    KeptColumn {"RetailerSpare3"_L1, "retailer_spare_3"_L1},
    KeptColumn {"Metadata"_L1, "metadata"_L1},
    KeptColumn {"RatingSystem"_L1, "rating_system"_L1},
    KeptColumn {"RatingValue"_L1, "rating_value"_L1},
    KeptColumn {"RatingReason"_L1, "rating_reason"_L1},
    KeptColumn {"Ratings"_L1, "ratings"_L1}, // of XML: "US|MPA|PG-13|language; DE|FSK|12"
    KeptColumn {"CaptionIncluded"_L1, "caption_included"_L1},
    KeptColumn {"CaptionExemption"_L1, "caption_exemption"_L1},
    KeptColumn {"Description"_L1, "description"_L1},
    KeptColumn {"OtherTerms"_L1, "other_terms"_L1},
    KeptColumn {"OtherInstructions"_L1, "other_instructions"_L1},
    KeptColumn {"Any"_L1, "any"_L1},
};

} // namespace vidimus::avails
