/// Words of the HTTP API that both API lines and the core share: versions, identifiers, tones,
/// results, refusals.
@NullMarked
package io.strowger.contracts.api;

import org.jspecify.annotations.NullMarked;
