import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { signInSearch, setUpSearch } from "@/features/account/search";
import { calendarsSearch } from "@/features/calendars/search";
import { findSearch } from "@/features/finding/search";
import { homeSearch } from "@/features/home/search";
import { notificationsSearch } from "@/features/notifications/search";
import { checkInSearch, reservationsSearch } from "@/features/reservations/search";
import { resourceSearch } from "@/features/resource/search";
import { waitlistSearch } from "@/features/waitlist/search";
import { isSignedIn } from "@/lib/api/session";
import { administration } from "./administrationRoutes";
import { root, signedIn } from "./frames";

// Every page is a file of its own, loaded when it is first visited or about to be.
const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: signInSearch,
  component: lazyRouteComponent(() => import("@/features/account/entering/SignInPage"), "SignInPage"),
});
const register = createRoute({
  getParentRoute: () => root,
  path: "/register",
  component: lazyRouteComponent(() => import("@/features/account/entering/RegisterPage"), "RegisterPage"),
});
const setUp = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  validateSearch: setUpSearch,
  component: lazyRouteComponent(() => import("@/features/account/entering/SetUpPage"), "SetUpPage"),
});

const home = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  validateSearch: homeSearch,
  component: lazyRouteComponent(() => import("@/features/home/HomePage"), "HomePage"),
});
const find = createRoute({
  getParentRoute: () => signedIn,
  path: "/find",
  validateSearch: findSearch,
  component: lazyRouteComponent(() => import("@/features/finding/FindPage"), "FindPage"),
});
const reservations = createRoute({
  getParentRoute: () => signedIn,
  path: "/reservations",
  validateSearch: reservationsSearch,
  component: lazyRouteComponent(() => import("@/features/reservations/ReservationsPage"), "ReservationsPage"),
});
const reservation = createRoute({
  getParentRoute: () => signedIn,
  path: "/reservations/$reservationId",
  params: {
    parse: ({ reservationId }) => ({ reservationId: Number(reservationId) }),
    stringify: ({ reservationId }) => ({ reservationId: String(reservationId) }),
  },
  component: lazyRouteComponent(() => import("@/features/reservations/ReservationPage"), "ReservationPage"),
});
const series = createRoute({
  getParentRoute: () => signedIn,
  path: "/series/$seriesId",
  params: {
    parse: ({ seriesId }) => ({ seriesId: Number(seriesId) }),
    stringify: ({ seriesId }) => ({ seriesId: String(seriesId) }),
  },
  component: lazyRouteComponent(() => import("@/features/series/SeriesPage"), "SeriesPage"),
});
const checkIn = createRoute({
  getParentRoute: () => signedIn,
  path: "/reservations/$reservationId/check-in",
  validateSearch: checkInSearch,
  params: {
    parse: ({ reservationId }) => ({ reservationId: Number(reservationId) }),
    stringify: ({ reservationId }) => ({ reservationId: String(reservationId) }),
  },
  component: lazyRouteComponent(() => import("@/features/reservations/CheckInPage"), "CheckInPage"),
});
const resource = createRoute({
  getParentRoute: () => signedIn,
  path: "/resources/$resourceId",
  validateSearch: resourceSearch,
  params: {
    parse: ({ resourceId }) => ({ resourceId: Number(resourceId) }),
    stringify: ({ resourceId }) => ({ resourceId: String(resourceId) }),
  },
  component: lazyRouteComponent(() => import("@/features/resource/ResourcePage"), "ResourcePage"),
});
const profile = createRoute({
  getParentRoute: () => signedIn,
  path: "/profile",
  component: lazyRouteComponent(() => import("@/features/account/ProfilePage"), "ProfilePage"),
});
const calendars = createRoute({
  getParentRoute: () => signedIn,
  path: "/profile/calendars",
  validateSearch: calendarsSearch,
  component: lazyRouteComponent(() => import("@/features/calendars/CalendarsPage"), "CalendarsPage"),
});

// A display begins without a network too: whoever cannot be asked is taken for signed in, and shown what was kept.
const display = createRoute({
  getParentRoute: () => root,
  id: "display",
  component: lazyRouteComponent(() => import("./shell/Display"), "Display"),
  beforeLoad: async ({ location }) => {
    if (await isSignedIn().catch(() => true)) return;
    throw redirect({ to: "/sign-in", search: { next: location.href } });
  },
});
const door = createRoute({
  getParentRoute: () => display,
  path: "/door/$resourceId",
  params: {
    parse: ({ resourceId }) => ({ resourceId: Number(resourceId) }),
    stringify: ({ resourceId }) => ({ resourceId: String(resourceId) }),
  },
  component: lazyRouteComponent(() => import("@/features/door/DoorPage"), "DoorPage"),
});
// Tickets are read without a network too, and therefore outside the pages that need one.
const admissions = createRoute({
  getParentRoute: () => display,
  path: "/administration/performances/$performanceId/door",
  params: {
    parse: ({ performanceId }) => ({ performanceId: Number(performanceId) }),
    stringify: ({ performanceId }) => ({ performanceId: String(performanceId) }),
  },
  component: lazyRouteComponent(() => import("@/features/admissions/AdmissionsPage"), "AdmissionsPage"),
});
const approvals = createRoute({
  getParentRoute: () => signedIn,
  path: "/approvals",
  component: lazyRouteComponent(() => import("@/features/approvals/ApprovalsPage"), "ApprovalsPage"),
});
const waitlist = createRoute({
  getParentRoute: () => signedIn,
  path: "/waitlist",
  validateSearch: waitlistSearch,
  component: lazyRouteComponent(() => import("@/features/waitlist/WaitlistPage"), "WaitlistPage"),
});
const searches = createRoute({
  getParentRoute: () => signedIn,
  path: "/searches",
  component: lazyRouteComponent(() => import("@/features/searches/SearchesPage"), "SearchesPage"),
});
const quotas = createRoute({
  getParentRoute: () => signedIn,
  path: "/quotas",
  component: lazyRouteComponent(() => import("@/features/quotas/QuotasPage"), "QuotasPage"),
});
const payments = createRoute({
  getParentRoute: () => signedIn,
  path: "/payments",
  component: lazyRouteComponent(() => import("@/features/payments/PaymentsPage"), "PaymentsPage"),
});
const payment = createRoute({
  getParentRoute: () => signedIn,
  path: "/payments/$paymentId",
  params: {
    parse: ({ paymentId }) => ({ paymentId: Number(paymentId) }),
    stringify: ({ paymentId }) => ({ paymentId: String(paymentId) }),
  },
  component: lazyRouteComponent(() => import("@/features/payments/PaymentPage"), "PaymentPage"),
});
const notifications = createRoute({
  getParentRoute: () => signedIn,
  path: "/notifications",
  validateSearch: notificationsSearch,
  component: lazyRouteComponent(() => import("@/features/notifications/NotificationsPage"), "NotificationsPage"),
});
const notificationPreferences = createRoute({
  getParentRoute: () => signedIn,
  path: "/notifications/preferences",
  component: lazyRouteComponent(() => import("@/features/notifications/PreferencesPage"), "PreferencesPage"),
});
const whatsOn = createRoute({
  getParentRoute: () => signedIn,
  path: "/whats-on",
  component: lazyRouteComponent(() => import("@/features/performances/WhatsOnPage"), "WhatsOnPage"),
});
const performance = createRoute({
  getParentRoute: () => signedIn,
  path: "/performances/$performanceId",
  params: {
    parse: ({ performanceId }) => ({ performanceId: Number(performanceId) }),
    stringify: ({ performanceId }) => ({ performanceId: String(performanceId) }),
  },
  component: lazyRouteComponent(() => import("@/features/performances/PerformancePage"), "PerformancePage"),
});
const orders = createRoute({
  getParentRoute: () => signedIn,
  path: "/orders",
  component: lazyRouteComponent(() => import("@/features/orders/OrdersPage"), "OrdersPage"),
});
const order = createRoute({
  getParentRoute: () => signedIn,
  path: "/orders/$orderId",
  params: {
    parse: ({ orderId }) => ({ orderId: Number(orderId) }),
    stringify: ({ orderId }) => ({ orderId: String(orderId) }),
  },
  component: lazyRouteComponent(() => import("@/features/orders/OrderPage"), "OrderPage"),
});

export const routeTree = root.addChildren([
  signIn,
  register,
  setUp,
  display.addChildren([door, admissions]),
  signedIn.addChildren([
    home,
    find,
    reservations,
    reservation,
    series,
    checkIn,
    resource,
    profile,
    calendars,
    approvals,
    waitlist,
    searches,
    quotas,
    payments,
    payment,
    whatsOn,
    performance,
    orders,
    order,
    notifications,
    notificationPreferences,
    administration,
  ]),
]);
