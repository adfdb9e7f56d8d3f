/// An application's side of the API: signed requests.
@NullMarked
package io.strowger.standalone.client;

import org.jspecify.annotations.NullMarked;
