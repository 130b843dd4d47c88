//! Reasons: a posterior that is one, and evidence that is.

mod support;

use falter::features::{FEATURE_COUNT, FEATURES, FeatureRow, Index, UNKNOWN};
use falter::reason::{CONFIDENCE_FLOOR, EVIDENCE, Explanation, INPUTS, REASONS, Reason, ReasonHead, explain, inputs};
use support::{Rng, model, row};

fn head(weights: &[(Reason, usize, i8)]) -> ReasonHead {
    let mut head = ReasonHead { scale: 0.05, weights: [[0; INPUTS + 1]; REASONS] };
    for &(reason, input, weight) in weights {
        head.weights[reason as usize][input] = weight;
    }
    head
}

fn input(index: Index) -> usize {
    EVIDENCE.iter().position(|&(of, _)| of == index).expect("an input")
}

fn with(values: &[(Index, f32)]) -> FeatureRow {
    let mut row = UNKNOWN;
    for &(index, value) in values {
        row[index as usize] = value;
    }
    row
}

/// The posterior by the textbook: softmax over the sums, in double precision.
fn slow_posterior(head: &ReasonHead, row: &FeatureRow) -> Vec<f64> {
    let logits: Vec<f64> = head
        .weights
        .iter()
        .map(|weights| {
            let bias = f64::from(weights[INPUTS]);
            let sum: f64 = EVIDENCE.iter().zip(weights).fold(bias, |sum, (&(index, scale), &weight)| {
                let value = f64::from(row[index as usize]);
                sum + if value > 0.0 { value / (value + f64::from(scale)) * f64::from(weight) } else { 0.0 }
            });
            sum * f64::from(head.scale)
        })
        .collect();
    let whole: f64 = logits.iter().map(|&logit| libm::exp(logit)).sum();
    logits.iter().map(|&logit| libm::exp(logit) / whole).collect()
}

fn check(head: &ReasonHead, row: &FeatureRow) -> Explanation {
    let found = explain(head, row);
    let sum: f32 = found.posterior.iter().sum();
    assert!((sum - 1.0).abs() < 1e-5, "the posterior sums to {sum}");
    for (fast, slow) in found.posterior.iter().zip(slow_posterior(head, row)) {
        assert!((f64::from(*fast) - slow).abs() < 1e-4, "{fast} {slow}");
    }
    let best = found.posterior.iter().copied().fold(0.0, f32::max);
    assert_eq!(found.confidence, best);
    let weights = found.evidence.map(|item| item.weight);
    assert!(weights.windows(2).all(|pair| pair[0] >= pair[1]), "strongest first: {weights:?}");
    assert!(weights.iter().all(|&weight| weight >= 0.0) && weights.iter().sum::<f32>() <= 1.0 + 1e-5, "{weights:?}");
    for (place, item) in found.evidence.iter().enumerate().filter(|(_, item)| item.weight > 0.0) {
        let feature = FEATURES.iter().position(|feature| feature.name == item.name()).expect("a feature's name");
        assert_eq!(item.unit(), FEATURES[feature].unit);
        assert_eq!(item.value, row[feature], "the value that the row has");
        assert!(item.value > 0.0, "what is not known or not there is no evidence");
        assert!(found.evidence[..place].iter().all(|other| other.input != item.input), "each thing once");
    }
    match found.reason {
        Reason::Unsure => assert!(found.confidence < CONFIDENCE_FLOOR || weights[0] == 0.0),
        reason => {
            assert!(found.confidence >= CONFIDENCE_FLOOR && weights[0] > 0.0);
            assert_eq!(found.posterior[reason as usize], best, "the likeliest");
        }
    }
    found
}

#[test]
fn random_heads_and_rows_give_a_posterior_and_evidence() {
    let (mut sure, mut unsure) = (0, 0);
    for seed in 0..150 {
        let (model, mut rng) = (model(seed), Rng(seed));
        for _ in 0..20 {
            let found = check(model.head(), &row(&mut rng, &model));
            *(if found.reason == Reason::Unsure { &mut unsure } else { &mut sure }) += 1;
        }
    }
    assert!(sure > 100 && unsure > 100, "{sure} and {unsure}: both are to be tested");
}

#[test]
fn what_the_shopper_read_is_the_evidence() {
    let (shipping, gap, returns) = (input(Index::ShippingDwell), input(Index::ShippingGap), input(Index::ReturnsDwell));
    let head = head(&[
        (Reason::ShippingCost, shipping, 100),
        (Reason::ShippingCost, gap, 60),
        (Reason::Returns, returns, 100),
    ]);
    let found = check(&head, &with(&[(Index::ShippingDwell, 6.2), (Index::ShippingGap, 0.3)]));
    assert_eq!(found.reason, Reason::ShippingCost);
    assert_eq!((found.evidence[0].name(), found.evidence[0].unit()), ("shipping_dwell_s", "s"));
    assert_eq!((found.evidence[0].value, found.evidence[1].name()), (6.2, "shipping_gap"));
    assert_eq!(found.evidence[2].weight, 0.0, "nothing else speaks for it");
    let shares = (100.0 * 6.2 / 9.2, 60.0 * 0.5);
    assert!((found.evidence[0].weight - shares.0 / (shares.0 + shares.1)).abs() < 1e-5);
    assert_eq!(check(&head, &with(&[(Index::ReturnsDwell, 9.0)])).reason, Reason::Returns);
}

#[test]
fn without_evidence_or_confidence_the_answer_is_unsure() {
    let shipping = input(Index::ShippingDwell);
    let read = with(&[(Index::ShippingDwell, 6.0)]);
    let biased = head(&[(Reason::Comparison, INPUTS, 127)]);
    let found = check(&biased, &read);
    assert!(found.confidence > 0.9, "likely, for no reason that could be given");
    assert_eq!(found.reason, Reason::Unsure);
    let against = head(&[(Reason::Comparison, INPUTS, 127), (Reason::Comparison, shipping, -50)]);
    assert_eq!(check(&against, &read).reason, Reason::Unsure, "what speaks against it is no evidence");
    let faint = head(&[(Reason::ShippingCost, shipping, 20)]);
    let found = check(&faint, &read);
    assert!(found.evidence[0].weight > 0.0 && found.confidence < CONFIDENCE_FLOOR);
    assert_eq!(found.reason, Reason::Unsure, "evidence, but too little");
    let strong = head(&[(Reason::ShippingCost, shipping, 120)]);
    assert_eq!(check(&strong, &read).reason, Reason::ShippingCost);
    assert_eq!(check(&strong, &UNKNOWN).reason, Reason::Unsure, "nothing is known");
    assert_eq!(check(&strong, &[-1.0; FEATURE_COUNT]).reason, Reason::Unsure, "past the threshold is no doubt");
}

#[test]
fn inputs_are_within_0_and_1_and_half_at_their_scale() {
    let mut row = UNKNOWN;
    for (index, scale) in EVIDENCE {
        row[index as usize] = scale;
    }
    assert_eq!(inputs(&row), [0.5; INPUTS]);
    assert_eq!(inputs(&UNKNOWN), [0.0; INPUTS]);
    for value in [0.0, -5.0, 0.01, 1e6] {
        let found = inputs(&[value; FEATURE_COUNT]);
        assert!(found.iter().all(|z| (0.0..=1.0).contains(z)), "{value}: {found:?}");
    }
}

#[test]
fn reasons_are_those_of_the_contract() {
    let names: Vec<&str> = Reason::ALL.iter().map(|reason| reason.name()).collect();
    let contract = "shipping_cost total_cost delivery_time returns fit affordability comparison payment_trust \
                    account_required checkout_friction technical indecision distraction unsure";
    assert_eq!(names.join(" "), contract);
    assert_eq!(Reason::ALL.len(), REASONS + 1);
    for &reason in Reason::ALL {
        assert_eq!(Reason::from_name(reason.name()), Some(reason));
    }
}
