/// What both API lines share: which operations there are and where, how a body is read field by
/// field, identifiers, and the shape of an endpoint.
@NullMarked
package io.strowger.gateway.core.api;

import org.jspecify.annotations.NullMarked;
