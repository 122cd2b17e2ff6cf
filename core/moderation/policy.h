#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <vector>

namespace vidimus::moderation {

/// What a decision for a reason must bring along. A child has its parent's where it says nothing itself.
struct Requirements {
    bool note = false;
    bool secondReviewer = false; ///< takes effect when another person has confirmed it
    double minWatchedShare = 0; ///< of the duration, 0..1
    friend bool operator==(const Requirements&, const Requirements&) = default;
};

/// A node of the policy's tree; a leaf or a branch may be chosen.
struct Reason {
    QString id; ///< "violence.graphic": unique in the policy, stored in decisions
    int digit = 0; ///< 1..9, the key among its siblings
    QString title; ///< one line for people, in the policy's language
    QString section; ///< place in the written policy, "3.2"
    Requirements requirements;
    std::vector<Reason> children;
    friend bool operator==(const Reason&, const Reason&) = default;
};

/// A moderation policy: a tree of reasons with one digit per level. Immutable value; any thread.
struct Policy {
    QString id;
    QString version; ///< stored in each decision
    QString title;
    std::vector<Reason> reasons;

    /// The reason with this id, at any depth; null when there is none. Valid as long as the policy.
    [[nodiscard]] const Reason* find(QStringView reasonId) const;
    /// The reason reached by typing these digits (1..9), "3" or "31"; null when there is none.
    [[nodiscard]] const Reason* byDigits(QStringView digits) const;
    friend bool operator==(const Policy&, const Policy&) = default;
};

/// Reads "vidimus.policy/1" strictly. Errors: Invalid with the place ("reasons[2].children[0].digit: …") for wrong
/// types, unknown members, repeated ids or digits, more than 4 levels, more than 9 children, ids that are not
/// lower-case words joined by dots, shares outside 0..1.
[[nodiscard]] Result<Policy> policyFromJson(const QJsonObject& object);
[[nodiscard]] Result<Policy> loadPolicy(QByteArrayView json);
[[nodiscard]] QJsonObject toJson(const Policy& policy);
/// The policy shipped with the program.
[[nodiscard]] Result<Policy> defaultPolicy();

} // namespace vidimus::moderation
