<?php
/**
 * Takes away what the plugin stored.
 *
 * @package falter
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

delete_option( 'falter_settings' );
