//! Inline SVG: axes, lines, points, bars. Colours and fonts come from the page's style sheet, by class.

use std::fmt::Write;

/// Room for the labels around the plot, units of the view box.
const LEFT: f64 = 52.0;
const RIGHT: f64 = 14.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 44.0;

/// One axis: from 0 to `most`, in steps.
#[derive(Debug, Clone, Copy)]
pub(super) struct Axis {
    pub(super) title: &'static str,
    pub(super) most: f64,
    pub(super) step: f64,
    /// How many decimals its labels have.
    pub(super) decimals: usize,
    /// What comes after a label.
    pub(super) unit: &'static str,
    /// What labels are multiplied by.
    pub(super) scale: f64,
}

impl Axis {
    /// Of shares: 0 to `most`, labelled in percent.
    pub(super) fn percent(title: &'static str, most: f64) -> Axis {
        let most = if most > 0.0 { (most * 1.05).min(1.0) } else { 1.0 };
        let step = [0.01, 0.02, 0.05, 0.1, 0.2].into_iter().find(|step| most / step <= 6.0).unwrap_or(0.25);
        Axis { title, most, step, decimals: 0, unit: " %", scale: 100.0 }
    }

    /// Of plain numbers.
    pub(super) fn number(title: &'static str, most: f64, step: f64, decimals: usize) -> Axis {
        Axis { title, most, step, decimals, unit: "", scale: 1.0 }
    }

    fn ticks(&self) -> impl Iterator<Item = f64> + use<> {
        let Axis { most, step, .. } = *self;
        (0u32..).map(move |n| f64::from(n) * step).take_while(move |&value| value <= most * 1.0001)
    }

    fn label(&self, value: f64) -> String {
        format!("{:.*}{}", self.decimals, value * self.scale, self.unit)
    }
}

/// A plot being drawn.
pub(super) struct Chart {
    svg: String,
    width: f64,
    height: f64,
    x: Axis,
    y: Axis,
}

impl Chart {
    /// Of this size, units of the view box, with grid and labels; `about` is what is read out in its place.
    pub(super) fn new(width: f64, height: f64, x: Axis, y: Axis, about: &str) -> Chart {
        let svg = format!(
            "<svg class=\"chart\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{}\">",
            escaped(about)
        );
        let mut chart = Chart { svg, width, height, x, y };
        chart.grid();
        chart
    }

    fn grid(&mut self) {
        let (left, right, bottom) = (self.at_x(0.0), self.at_x(self.x.most), self.at_y(0.0));
        for value in self.y.ticks() {
            let y = self.at_y(value);
            let class = if value == 0.0 { "axis" } else { "grid" };
            self.put(format_args!(
                "<line class=\"{class}\" x1=\"{left}\" x2=\"{right}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>"
            ));
            let (label, at) = (self.y.label(value), left - 7.0);
            self.put(format_args!("<text class=\"tick end\" x=\"{at:.1}\" y=\"{:.1}\">{label}</text>", y + 3.5));
        }
        for value in self.x.ticks() {
            let (x, label) = (self.at_x(value), self.x.label(value));
            self.put(format_args!("<text class=\"tick mid\" x=\"{x:.1}\" y=\"{:.1}\">{label}</text>", bottom + 16.0));
        }
        let title = escaped(self.x.title);
        let (middle, foot) = ((left + right) / 2.0, self.height - 8.0);
        self.put(format_args!("<text class=\"title mid\" x=\"{middle:.1}\" y=\"{foot:.1}\">{title}</text>"));
    }

    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        // writing to a String never fails
        let _ = self.svg.write_fmt(text);
    }

    fn at_x(&self, value: f64) -> f64 {
        LEFT + (value / self.x.most).clamp(0.0, 1.0) * (self.width - LEFT - RIGHT)
    }

    fn at_y(&self, value: f64) -> f64 {
        self.height - BOTTOM - (value / self.y.most).clamp(0.0, 1.0) * (self.height - TOP - BOTTOM)
    }

    /// A line through points; those beyond the axes' ends are left out.
    pub(super) fn line(&mut self, class: &str, points: impl Iterator<Item = (f64, f64)>) {
        let mut path = String::new();
        for (x, y) in points.filter(|&(x, _)| x <= self.x.most) {
            let _ = write!(path, "{}{:.1} {:.1}", if path.is_empty() { 'M' } else { 'L' }, self.at_x(x), self.at_y(y));
        }
        if !path.is_empty() {
            self.put(format_args!("<path class=\"line {class}\" d=\"{path}\"/>"));
        }
    }

    /// A point, with what is shown when the pointer rests on it, and the ends of its interval upwards and downwards.
    pub(super) fn point(&mut self, class: &str, (x, y): (f64, f64), interval: Option<(f64, f64)>, about: &str) {
        if x > self.x.most {
            return;
        }
        let (at_x, at_y, about) = (self.at_x(x), self.at_y(y), escaped(about));
        if let Some((low, high)) = interval {
            let (low, high) = (self.at_y(low), self.at_y(high));
            self.put(format_args!(
                "<line class=\"whisker {class}\" x1=\"{at_x:.1}\" x2=\"{at_x:.1}\" y1=\"{low:.1}\" y2=\"{high:.1}\"/>"
            ));
        }
        self.put(format_args!(
            "<circle class=\"point {class}\" cx=\"{at_x:.1}\" cy=\"{at_y:.1}\" r=\"4\"><title>{about}</title></circle>"
        ));
    }

    /// A bar between two places.
    pub(super) fn bar(&mut self, class: &str, (from, to): (f64, f64), y: f64, about: &str) {
        let (left, right, top) = (self.at_x(from) + 1.0, self.at_x(to) - 1.0, self.at_y(y));
        let (width, height, about) = ((right - left).max(0.5), self.at_y(0.0) - top, escaped(about));
        self.put(format_args!(
            "<rect class=\"bar {class}\" x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" \
             rx=\"1.5\"><title>{about}</title></rect>"
        ));
    }

    /// A band of ground behind a stretch of the x axis, with a word on it.
    pub(super) fn band(&mut self, (from, to): (f64, f64), word: &str) {
        let (left, right) = (self.at_x(from), self.at_x(to));
        let (top, bottom, middle) = (self.at_y(self.y.most), self.at_y(0.0), (left + right) / 2.0);
        self.put(format_args!(
            "<rect class=\"band\" x=\"{left:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{:.1}\"/>",
            right - left,
            bottom - top
        ));
        let word = escaped(word);
        self.put(format_args!("<text class=\"tick mid\" x=\"{middle:.1}\" y=\"{:.1}\">{word}</text>", top + 12.0));
    }

    /// The drawing.
    pub(super) fn finish(mut self) -> String {
        self.svg.push_str("</svg>");
        self.svg
    }
}

/// Text as it may stand in HTML and its attributes.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}
