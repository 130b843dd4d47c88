//! The model card in the repository is what its manifest and figures make.
#![cfg(feature = "cli")]

use std::fs;
use std::path::Path;

use falter::model::Model;
use falter::train::card::card;
use falter::train::figures::Figures;
use falter::train::manifest::Manifest;

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("models").join(name)).unwrap()
}

fn shipped() -> (Manifest, Figures) {
    (serde_json::from_str(&read("exit.json")).unwrap(), serde_json::from_str(&read("real.json")).unwrap())
}

#[test]
fn the_card_in_the_repository_is_made_of_its_manifest() {
    let (manifest, real) = shipped();
    let made = card(&manifest, Some(&real));
    assert_eq!(made, card(&manifest, Some(&real)));
    assert!(
        made == read("MODEL_CARD.md"),
        "models/MODEL_CARD.md is not of this manifest: ./build.sh train makes it again"
    );
    let bytes = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("models/exit.falter")).unwrap();
    assert_eq!(Model::from_bytes(&bytes).unwrap().checksum(), manifest.checksum);
}

#[test]
fn a_card_says_what_it_does_not_know() {
    let (manifest, mut real) = shipped();
    assert!(card(&manifest, None).contains("Not measured"));
    real.model = "00000000".to_owned();
    assert!(card(&manifest, Some(&real)).contains("earlier model (`00000000`)"));
    real.model.clone_from(&manifest.checksum);
    assert!(!card(&manifest, Some(&real)).contains("earlier model"));
    let text = card(&manifest, Some(&real));
    for heading in [
        "What it is for",
        "Figures on simulated people",
        "Figures on real people",
        "What it can't know",
        "Ethics",
        "Retraining",
    ] {
        assert!(text.contains(&format!("\n## {heading}")), "{heading}");
    }
    assert!(text.contains("45 % of leaves have no pointer event"));
}
