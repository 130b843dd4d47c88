//! The day it is, for figures that can't be had again any day.

use std::time::{SystemTime, UNIX_EPOCH};

const DAY_S: u64 = 86_400;

/// Today in UTC, YYYY-MM-DD.
pub(super) fn today() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    civil(since.as_secs() / DAY_S)
}

/// The date so many days after 1970-01-01 (Richards, "Mapping time", 1998): years are counted from 1 March, so that the leap
/// day is the last.
fn civil(days: u64) -> String {
    // days since 0000-03-01
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = 400 * era + year_of_era + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::civil;

    #[test]
    fn days_are_dates() {
        let cases = [(0, "1970-01-01"), (59, "1970-03-01"), (11_016, "2000-02-29"), (11_017, "2000-03-01")];
        for (days, date) in
            cases.into_iter().chain([(20_778, "2026-11-21"), (47_540, "2100-02-28"), (47_541, "2100-03-01")])
        {
            assert_eq!(civil(days), date);
        }
    }
}
