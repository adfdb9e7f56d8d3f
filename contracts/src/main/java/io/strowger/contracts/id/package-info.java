/// Ids that carry their route: from any of them follows the Kafka key of its call, without a
/// look-up.
@NullMarked
package io.strowger.contracts.id;

import org.jspecify.annotations.NullMarked;
