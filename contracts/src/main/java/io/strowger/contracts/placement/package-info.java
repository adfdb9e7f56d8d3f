/// Where a call's media is, and what of a leg another place needs to carry it on.
@NullMarked
package io.strowger.contracts.placement;

import org.jspecify.annotations.NullMarked;
