/// Health and metrics over HTTP.
@NullMarked
package io.strowger.runtime.ops;

import org.jspecify.annotations.NullMarked;
