<?php
/**
 * Plugin Name: falter
 * Description: Notices that a shopper is about to leave, says why, and answers with one small honest card.
 * Version: FALTER_VERSION
 * Requires at least: 6.3
 * Requires PHP: 7.4
 * Requires Plugins: woocommerce
 * License: MIT OR Apache-2.0
 * Text Domain: falter
 *
 * What it does: a settings page, the script's tag with what was set there, and the cart's and the order's total for the script
 * to read. It sends nothing anywhere; it stores one option and, on orders that it told, the mark `_falter_told`.
 *
 * @package falter
 */

defined( 'ABSPATH' ) || exit;

const FALTER_OPTION = 'falter_settings';
const FALTER_PAGE   = 'falter';

require __DIR__ . '/settings.php';

/**
 * The tag: asynchronous, with what was set as its attributes; falter.js loads the rest from beside itself.
 */
function falter_enqueue() {
	if ( ! class_exists( 'WooCommerce' ) ) {
		return;
	}
	// A file of the plugin's own, named with its version: caches keep it until there is another.
	wp_enqueue_script( 'falter', plugins_url( 'assets/falter.js', __FILE__ ), array(), 'FALTER_VERSION', array( 'strategy' => 'async', 'in_footer' => true ) );
}
add_action( 'wp_enqueue_scripts', 'falter_enqueue' );

/**
 * Writes what was set into the tag. An attribute that is not there is a fact that no card claims.
 *
 * @param string $tag    The script element.
 * @param string $handle Its name.
 * @return string
 */
function falter_tag( $tag, $handle ) {
	if ( 'falter' !== $handle ) {
		return $tag;
	}
	$attributes = array(
		'data-shop'     => 'woocommerce',
		'data-lang'     => str_replace( '_', '-', determine_locale() ),
		'data-currency' => get_woocommerce_currency(),
		'data-cart-url' => wc_get_cart_url(),
	);
	$settings   = falter_settings();
	foreach ( falter_fields() as $name => $field ) {
		if ( '' !== (string) $settings[ $name ] ) {
			$attributes[ $field['attribute'] ] = $settings[ $name ];
		}
	}
	// Shops say it in WooCommerce's own settings.
	$attributes['data-guest-checkout'] = 'yes' === get_option( 'woocommerce_enable_guest_checkout' ) ? 'true' : 'false';
	$written                           = '';
	foreach ( $attributes as $name => $value ) {
		$written .= sprintf( ' %s="%s"', esc_attr( $name ), esc_attr( $value ) );
	}
	return str_replace( '<script ', '<script' . $written . ' ', $tag );
}
add_filter( 'script_loader_tag', 'falter_tag', 10, 2 );

/**
 * An amount as the script reads it, whatever decimal sign the server's locale has.
 *
 * @param float|string $amount Money.
 * @return string
 */
function falter_amount( $amount ) {
	return number_format( (float) $amount, wc_get_price_decimals(), '.', '' );
}

/**
 * What is in the cart before shipping, as the shop shows it, with or without tax.
 *
 * @return string
 */
function falter_cart_total() {
	$cart     = WC()->cart;
	$discount = $cart->get_discount_total() + ( $cart->display_prices_including_tax() ? $cart->get_discount_tax() : 0 );
	return falter_amount( max( 0, $cart->get_displayed_subtotal() - $discount ) );
}

/**
 * The mark that the script reads.
 *
 * @return string
 */
function falter_cart_mark() {
	return sprintf( '<span class="falter-cart" data-falter-cart="%s" hidden></span>', esc_attr( falter_cart_total() ) );
}

/**
 * Prints the total, and only its place where the cart is empty: such pages are cached for everybody.
 */
function falter_print_cart() {
	if ( function_exists( 'WC' ) && WC()->cart ) {
		// phpcs:ignore WordPress.Security.EscapeOutput -- escaped where it is made.
		echo WC()->cart->is_empty() ? '<span class="falter-cart" hidden></span>' : falter_cart_mark();
	}
}
add_action( 'wp_footer', 'falter_print_cart' );

/**
 * The same, with what WooCommerce sends whenever the cart changes.
 *
 * @param array $fragments Selector to HTML.
 * @return array
 */
function falter_cart_fragment( $fragments ) {
	$fragments['span.falter-cart'] = falter_cart_mark();
	return $fragments;
}
add_filter( 'woocommerce_add_to_cart_fragments', 'falter_cart_fragment' );

/**
 * The order's total, on the page that thanks for it; once, however often that page is opened. Where it is not to be
 * told, its place is there and empty, so that the script does not read the total off the page.
 *
 * @param int $order_id Of the order.
 */
function falter_print_order( $order_id ) {
	$order = wc_get_order( $order_id );
	$told  = ! $order || $order->has_status( 'failed' ) || $order->get_meta( '_falter_told' );
	if ( ! $told ) {
		$order->update_meta_data( '_falter_told', '1' );
		$order->save_meta_data();
	}
	$total = $told ? '' : falter_amount( $order->get_total() );
	printf( '<span data-falter-purchase="%s" hidden></span>', esc_attr( $total ) );
}
add_action( 'woocommerce_thankyou', 'falter_print_order' );

/**
 * The plugin keeps to WooCommerce's order storage of either kind: it says so.
 */
function falter_declare() {
	if ( class_exists( '\Automattic\WooCommerce\Utilities\FeaturesUtil' ) ) {
		\Automattic\WooCommerce\Utilities\FeaturesUtil::declare_compatibility( 'custom_order_tables', __FILE__, true );
		\Automattic\WooCommerce\Utilities\FeaturesUtil::declare_compatibility( 'cart_checkout_blocks', __FILE__, true );
	}
}
add_action( 'before_woocommerce_init', 'falter_declare' );
