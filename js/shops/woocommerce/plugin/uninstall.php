<?php
/**
 * Takes away what the plugin stored.
 *
 * @package falter
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

if ( is_multisite() ) {
	// A network's sites have an option each; 0 is all of them.
	foreach ( get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) as $falter_site ) {
		switch_to_blog( $falter_site );
		delete_option( 'falter_settings' );
		restore_current_blog();
	}
} else {
	delete_option( 'falter_settings' );
}
