//! [`Reason`]: why the shopper is about to leave, with the evidence for it.
//!
//! A multinomial logistic regression over a few named features gives a posterior over the thirteen reasons; under a
//! confidence floor, or with no evidence at all, the answer is [`Reason::Unsure`]. It is trained on simulated shoppers:
//! no public data has reasons.

// Loops go over places: at the size level of the page's build an adaptor over two slices is several times the code.
#![allow(clippy::needless_range_loop)]

use crate::features::{FeatureRow, Index, label};
use crate::signal::named;

named! {
    /// Why a shopper leaves.
    Reason {
        /// Shipping costs extra, or the free-shipping threshold is just missed.
        ShippingCost = "shipping_cost",
        /// The whole is more than expected.
        TotalCost = "total_cost",
        /// It comes too late.
        DeliveryTime = "delivery_time",
        /// What if it has to go back.
        Returns = "returns",
        /// Does it fit.
        Fit = "fit",
        /// Too much to pay at once.
        Affordability = "affordability",
        /// It may be cheaper elsewhere.
        Comparison = "comparison",
        /// Is it safe to pay here.
        PaymentTrust = "payment_trust",
        /// An account is asked for.
        AccountRequired = "account_required",
        /// The forms are a nuisance.
        CheckoutFriction = "checkout_friction",
        /// Something does not work.
        Technical = "technical",
        /// Cannot decide.
        Indecision = "indecision",
        /// Something else came up.
        Distraction = "distraction",
        /// Not enough to say.
        Unsure = "unsure",
    }
}

/// The reasons that can be told apart: all but unsure.
pub const REASONS: usize = 13;
/// Inputs of the reason head.
pub const INPUTS: usize = EVIDENCE.len();
/// Below this posterior the answer is unsure: over three times what a guess among thirteen would have.
pub const CONFIDENCE_FLOOR: f32 = 0.25;

/// What can speak for a reason: the feature, and the value at which it speaks half as loud as it ever will.
pub const EVIDENCE: [(Index, f32); 19] = [
    (Index::ShippingDwell, 3.0),
    (Index::ReturnsDwell, 3.0),
    (Index::PriceDwell, 3.0),
    (Index::PaymentDwell, 3.0),
    (Index::SizeDwell, 3.0),
    (Index::DeliveryDwell, 3.0),
    (Index::TotalDwell, 3.0),
    (Index::AccountDwell, 3.0),
    (Index::ShippingGap, 0.3),
    (Index::UsualRatio, 2.0),
    (Index::CouponsFailed, 1.0),
    (Index::CartFlips, 1.0),
    (Index::ItemViews, 3.0),
    (Index::PolicyViews, 1.0),
    (Index::AwayCount, 2.0),
    (Index::FieldTrouble, 2.0),
    (Index::Copies, 1.0),
    (Index::Problems, 1.0),
    (Index::Revisits, 3.0),
];

/// Names and units of the evidence.
static LABELS: [(&str, &str); INPUTS] = {
    let (mut labels, mut place) = ([("", ""); INPUTS], 0);
    while place < INPUTS {
        labels[place] = label(EVIDENCE[place].0);
        place += 1;
    }
    labels
};

/// The head's inputs from a feature row: `v / (v + scale)`, in 0..1; 0 where the feature is not known or not positive.
#[must_use]
pub fn inputs(row: &FeatureRow) -> [f32; INPUTS] {
    let (mut inputs, evidence) = ([0.0; INPUTS], &EVIDENCE);
    for input in 0..INPUTS {
        let (index, scale) = evidence[input];
        let value = row[index as usize];
        if value > 0.0 {
            inputs[input] = value / (value + scale);
        }
    }
    inputs
}

/// For each reason one weight an input, and last the bias.
pub type HeadWeights = [[i8; INPUTS + 1]; REASONS];

/// Weights of the reason head.
#[derive(Debug, Clone, PartialEq)]
pub struct ReasonHead {
    /// What one step of a weight is worth in logits.
    pub scale: f32,
    /// The weights.
    pub weights: HeadWeights,
}

/// One thing that speaks for a reason.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    /// Place of the feature in [`EVIDENCE`].
    pub input: usize,
    /// The feature's value, in its unit.
    pub value: f32,
    /// Its share of all that speaks for the reason, 0..1; 0 marks an unused place.
    pub weight: f32,
}

impl Evidence {
    const NONE: Evidence = Evidence { input: 0, value: 0.0, weight: 0.0 };

    /// Name of the feature.
    #[must_use]
    pub fn name(&self) -> &'static str {
        LABELS.get(self.input).map_or("", |label| label.0)
    }

    /// Unit of the value.
    #[must_use]
    pub fn unit(&self) -> &'static str {
        LABELS.get(self.input).map_or("", |label| label.1)
    }
}

/// The answer to "why".
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Explanation {
    /// The likeliest reason, or unsure.
    pub reason: Reason,
    /// Posterior of the likeliest reason, 0..1.
    pub confidence: f32,
    /// Posterior of every reason, in the order of [`Reason::ALL`]; sums to 1.
    pub posterior: [f32; REASONS],
    /// What speaks for the likeliest reason, strongest first; places of weight 0 are unused.
    pub evidence: [Evidence; 3],
}

/// Says why. No allocation.
#[must_use]
pub fn explain(head: &ReasonHead, row: &FeatureRow) -> Explanation {
    let inputs = inputs(row);
    let mut answer = Explanation {
        reason: Reason::Unsure,
        confidence: 0.0,
        posterior: [0.0; REASONS],
        evidence: [Evidence::NONE; 3],
    };
    let (posterior, mut top) = (&mut answer.posterior, f32::MIN);
    for reason in 0..REASONS {
        let weights = &head.weights[reason];
        let mut sum = f32::from(weights[INPUTS]);
        for input in 0..INPUTS {
            sum += f32::from(weights[input]) * inputs[input];
        }
        let logit = sum * head.scale;
        posterior[reason] = logit;
        if logit > top {
            top = logit;
        }
    }
    let mut sum = 0.0;
    for p in &mut *posterior {
        *p = crate::exp::exp(*p - top);
        sum += *p;
    }
    let mut best = 0;
    for reason in 0..REASONS {
        let p = posterior[reason] / sum;
        posterior[reason] = p;
        if p > answer.confidence {
            (best, answer.confidence) = (reason, p);
        }
    }
    find_evidence(head, row, &inputs, best, &mut answer.evidence);
    if answer.confidence >= CONFIDENCE_FLOOR && answer.evidence[0].weight > 0.0 {
        answer.reason = Reason::from_index(best).unwrap_or(Reason::Unsure);
    }
    answer
}

/// Finds what speaks for reason `best` more than for the average reason, strongest three.
fn find_evidence(head: &ReasonHead, row: &FeatureRow, inputs: &[f32; INPUTS], best: usize, found: &mut [Evidence; 3]) {
    let mut whole = 0.0;
    for input in 0..INPUTS {
        let mut sum = 0;
        for weights in &head.weights {
            sum += i32::from(weights[input]);
        }
        let mean = sum as f32 / REASONS as f32;
        let weight = (f32::from(head.weights[best][input]) - mean) * inputs[input];
        if weight <= 0.0 {
            continue;
        }
        whole += weight;
        let (index, _) = (&EVIDENCE)[input];
        let mut here = Evidence { input, value: row[index as usize], weight };
        for place in &mut *found {
            if here.weight > place.weight {
                here = core::mem::replace(place, here);
            }
        }
    }
    if whole > 0.0 {
        for item in found {
            item.weight /= whole;
        }
    }
}
