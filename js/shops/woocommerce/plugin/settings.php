<?php
/**
 * The settings page, by WordPress's Settings API: it brings the nonce and the capability check of its form.
 *
 * @package falter
 */

defined( 'ABSPATH' ) || exit;

/**
 * What can be set: its attribute, its label, and how it is read.
 *
 * @return array<string, array{attribute: string, label: string, default: string, min?: float, max?: float, whole?: bool, choices?: string[], help?: string}>
 */
function falter_fields() {
	$fields = array(
		'consent'        => array(
			'attribute' => 'data-consent',
			'label'     => __( 'Consent', 'falter' ),
			'default'   => 'required',
			'choices'   => array( 'required', 'memory', 'granted' ),
			'help'      => __( 'required: your consent banner has to say so; memory: nothing is stored; granted: shoppers agreed already', 'falter' ),
		),
		'consent_from'   => array(
			'attribute' => 'data-consent-from',
			'label'     => __( 'Who says that shoppers agreed', 'falter' ),
			'choices'   => array( '', 'google', 'tcf' ),
			'help'      => __( "google: your banner has Google's Consent Mode; tcf: it keeps to the IAB's TCF; else it calls falter.consent()", 'falter' ),
		),
		'free_shipping'  => array( 'attribute' => 'data-free-shipping', 'label' => __( 'Free shipping from', 'falter' ), 'max' => 1000000 ),
		'shipping_price' => array( 'attribute' => 'data-shipping-price', 'label' => __( 'Price of shipping below that', 'falter' ), 'max' => 1000000 ),
		'delivery_days'  => array( 'attribute' => 'data-delivery-days', 'label' => __( 'Days until delivery, at most', 'falter' ), 'min' => 1, 'max' => 180, 'whole' => true ),
		'returns_days'   => array( 'attribute' => 'data-returns-days', 'label' => __( 'Days to return', 'falter' ), 'min' => 1, 'max' => 730, 'whole' => true ),
		'price_promise'  => array( 'attribute' => 'data-price-promise', 'label' => __( 'Days of your price promise', 'falter' ), 'min' => 1, 'max' => 366, 'whole' => true ),
		'instalments'    => array( 'attribute' => 'data-instalments', 'label' => __( 'Payment in parts, such as 3 Klarna', 'falter' ) ),
		'sensitivity'    => array(
			'attribute' => 'data-sensitivity',
			'label'     => __( 'How readily a card is shown', 'falter' ),
			'default'   => 'balanced',
			'choices'   => array( 'calm', 'balanced', 'eager' ),
		),
		'layout'         => array(
			'attribute' => 'data-layout',
			'label'     => __( 'Where it is shown', 'falter' ),
			'default'   => 'corner',
			'choices'   => array( 'corner', 'bar', 'modal' ),
		),
		'holdout'        => array(
			'attribute' => 'data-holdout',
			'label'     => __( 'Share of visitors who see none, 0 to 1', 'falter' ),
			'default'   => '0.1',
			'max'       => 1,
			'help'      => __( 'So that what the cards bring can be measured', 'falter' ),
		),
	);
	foreach ( $fields as &$field ) {
		$field += array( 'default' => '' );
	}
	return $fields;
}

/**
 * What is set, and the rest as it is by default.
 *
 * @return array<string, string>
 */
function falter_settings() {
	$defaults = array_map(
		static function ( $field ) {
			return $field['default'];
		},
		falter_fields()
	);
	return array_merge( $defaults, array_intersect_key( (array) get_option( FALTER_OPTION, array() ), $defaults ) );
}

/**
 * Reads what was sent by the form; whatever is not as it may be is left empty, so no card claims it, and the page says
 * so.
 *
 * @param mixed $given By field.
 * @return array<string, string>
 */
function falter_sanitize( $given ) {
	$clean = array();
	$given = is_array( $given ) ? $given : array();
	foreach ( falter_fields() as $name => $field ) {
		$said = isset( $given[ $name ] ) && is_scalar( $given[ $name ] ) ? sanitize_text_field( (string) $given[ $name ] ) : '';
		$text = $said;
		if ( isset( $field['choices'] ) ) {
			$text = in_array( $text, $field['choices'], true ) ? $text : $field['default'];
		} elseif ( isset( $field['max'] ) ) {
			$number = str_replace( ',', '.', $text );
			$min    = isset( $field['min'] ) ? $field['min'] : 0;
			// As the script reads numbers: no sign, no exponent, nothing open after the point.
			$shape = empty( $field['whole'] ) ? '/^\d*\.?\d+$/' : '/^\d+$/';
			$text  = preg_match( $shape, $number ) && $number >= $min && $number <= $field['max'] ? $number : '';
		} else {
			$text = preg_match( '/^([2-9]|[1-5]\d|60)( [^<>,"]{1,40})?$/', $text ) ? $text : '';
		}
		if ( '' !== $said && '' === $text ) {
			/* translators: 1: what was entered, 2: the field's label */
			$message = sprintf( __( '"%1$s" is not what "%2$s" may be, so it was left empty.', 'falter' ), $said, $field['label'] );
			add_settings_error( FALTER_OPTION, 'falter-' . $name, esc_html( $message ) );
		}
		$clean[ $name ] = $text;
	}
	return $clean;
}

/**
 * Makes the option and its fields known.
 */
function falter_register() {
	register_setting( FALTER_PAGE, FALTER_OPTION, array( 'type' => 'array', 'sanitize_callback' => 'falter_sanitize', 'default' => array() ) );
	add_settings_section( 'falter', '', '__return_false', FALTER_PAGE );
	foreach ( falter_fields() as $name => $field ) {
		add_settings_field( $name, esc_html( $field['label'] ), 'falter_print_field', FALTER_PAGE, 'falter', array( 'name' => $name, 'label_for' => 'falter-' . $name ) );
	}
}
add_action( 'admin_init', 'falter_register' );

/**
 * Prints a field.
 *
 * @param array{name: string} $about Which.
 */
function falter_print_field( $about ) {
	$name  = $about['name'];
	$field = falter_fields()[ $name ];
	$value = falter_settings()[ $name ];
	$id    = 'falter-' . $name;
	$key   = FALTER_OPTION . '[' . $name . ']';
	if ( isset( $field['choices'] ) ) {
		printf( '<select id="%s" name="%s">', esc_attr( $id ), esc_attr( $key ) );
		foreach ( $field['choices'] as $choice ) {
			$label = '' === $choice ? __( 'none of these', 'falter' ) : $choice;
			printf( '<option value="%s"%s>%s</option>', esc_attr( $choice ), selected( $value, $choice, false ), esc_html( $label ) );
		}
		echo '</select>';
	} else {
		printf( '<input type="text" id="%s" name="%s" value="%s" class="regular-text">', esc_attr( $id ), esc_attr( $key ), esc_attr( $value ) );
	}
	if ( isset( $field['help'] ) ) {
		printf( '<p class="description">%s</p>', esc_html( $field['help'] ) );
	}
}

/**
 * Puts the page into WooCommerce's menu, for those who manage the shop.
 */
function falter_menu() {
	add_submenu_page( 'woocommerce', 'falter', 'falter', 'manage_woocommerce', FALTER_PAGE, 'falter_print_page' );
}
add_action( 'admin_menu', 'falter_menu' );

/**
 * Who may save: the same who may see the page.
 *
 * @return string
 */
function falter_capability() {
	return 'manage_woocommerce';
}
add_filter( 'option_page_capability_' . FALTER_PAGE, 'falter_capability' );

/**
 * Prints the page.
 */
function falter_print_page() {
	if ( ! current_user_can( 'manage_woocommerce' ) ) {
		wp_die( esc_html__( 'You may not change these settings.', 'falter' ) );
	}
	echo '<div class="wrap"><h1>falter</h1>';
	settings_errors();
	echo '<p>';
	esc_html_e( 'A card says only what is filled in here; what is left empty is never claimed.', 'falter' );
	echo '</p><form action="options.php" method="post">';
	settings_fields( FALTER_PAGE );
	do_settings_sections( FALTER_PAGE );
	submit_button();
	echo '</form></div>';
}
