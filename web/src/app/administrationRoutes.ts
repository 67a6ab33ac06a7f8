import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { auditSearch } from "@/features/administration/audit/search";
import { paymentsSearch } from "@/features/administration/prices/search";
import { peopleSearch } from "@/features/administration/people/search";
import { resourceSearch, resourcesSearch } from "@/features/administration/resources/search";
import { siteSearch } from "@/features/administration/sites/search";
import { venueSearch } from "@/features/administration/venues/search";
import { signedIn } from "./frames";

const frame = createRoute({
  getParentRoute: () => signedIn,
  path: "/administration",
  component: lazyRouteComponent(() => import("./Administration"), "Administration"),
});
const below = () => frame;

const overview = createRoute({
  getParentRoute: below,
  path: "/",
  component: lazyRouteComponent(() => import("@/features/administration/AdministrationPage"), "AdministrationPage"),
});
const resources = createRoute({
  getParentRoute: below,
  path: "/resources",
  validateSearch: resourcesSearch,
  component: lazyRouteComponent(() => import("@/features/administration/resources/ResourcesPage"), "ResourcesPage"),
});
const resource = createRoute({
  getParentRoute: below,
  path: "/resources/$resourceId",
  validateSearch: resourceSearch,
  params: {
    parse: ({ resourceId }) => ({ resourceId: Number(resourceId) }),
    stringify: ({ resourceId }) => ({ resourceId: String(resourceId) }),
  },
  component: lazyRouteComponent(() => import("@/features/administration/resources/ResourcePage"), "ResourcePage"),
});
const site = createRoute({
  getParentRoute: below,
  path: "/sites/$siteId",
  validateSearch: siteSearch,
  params: {
    parse: ({ siteId }) => ({ siteId: Number(siteId) }),
    stringify: ({ siteId }) => ({ siteId: String(siteId) }),
  },
  component: lazyRouteComponent(() => import("@/features/administration/sites/SitePage"), "SitePage"),
});
const importing = createRoute({
  getParentRoute: below,
  path: "/import",
  component: lazyRouteComponent(() => import("@/features/administration/resources/ImportPage"), "ImportPage"),
});
const tags = createRoute({
  getParentRoute: below,
  path: "/tags",
  component: lazyRouteComponent(() => import("@/features/administration/resources/TagsPage"), "TagsPage"),
});
const blackouts = createRoute({
  getParentRoute: below,
  path: "/blackouts",
  component: lazyRouteComponent(() => import("@/features/administration/blackouts/BlackoutsPage"), "BlackoutsPage"),
});
const bulk = createRoute({
  getParentRoute: below,
  path: "/bulk",
  component: lazyRouteComponent(() => import("@/features/administration/bulk/BulkPage"), "BulkPage"),
});
const people = createRoute({
  getParentRoute: below,
  path: "/people",
  validateSearch: peopleSearch,
  component: lazyRouteComponent(() => import("@/features/administration/people/PeoplePage"), "PeoplePage"),
});
const quotas = createRoute({
  getParentRoute: below,
  path: "/quotas",
  component: lazyRouteComponent(() => import("@/features/administration/quotas/QuotasPage"), "QuotasPage"),
});
const quota = createRoute({
  getParentRoute: below,
  path: "/quotas/$allowanceId",
  params: {
    parse: ({ allowanceId }) => ({ allowanceId: Number(allowanceId) }),
    stringify: ({ allowanceId }) => ({ allowanceId: String(allowanceId) }),
  },
  component: lazyRouteComponent(() => import("@/features/administration/quotas/QuotaPage"), "QuotaPage"),
});
const prices = createRoute({
  getParentRoute: below,
  path: "/prices",
  component: lazyRouteComponent(() => import("@/features/administration/prices/PricesPage"), "PricesPage"),
});
const payments = createRoute({
  getParentRoute: below,
  path: "/payments",
  validateSearch: paymentsSearch,
  component: lazyRouteComponent(() => import("@/features/administration/prices/PaymentsPage"), "PaymentsPage"),
});
const audit = createRoute({
  getParentRoute: below,
  path: "/audit",
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import("@/features/administration/audit/AuditPage"), "AuditPage"),
});
const venues = createRoute({
  getParentRoute: below,
  path: "/venues",
  component: lazyRouteComponent(() => import("@/features/administration/venues/VenuesPage"), "VenuesPage"),
});
const venue = createRoute({
  getParentRoute: below,
  path: "/venues/$venueId",
  validateSearch: venueSearch,
  params: {
    parse: ({ venueId }) => ({ venueId: Number(venueId) }),
    stringify: ({ venueId }) => ({ venueId: String(venueId) }),
  },
  component: lazyRouteComponent(() => import("@/features/administration/venues/VenuePage"), "VenuePage"),
});
const performances = createRoute({
  getParentRoute: below,
  path: "/performances",
  component: lazyRouteComponent(() => import("@/features/administration/performances/PerformancesPage"), "PerformancesPage"),
});
const performance = createRoute({
  getParentRoute: below,
  path: "/performances/$performanceId",
  params: {
    parse: ({ performanceId }) => ({ performanceId: Number(performanceId) }),
    stringify: ({ performanceId }) => ({ performanceId: String(performanceId) }),
  },
  component: lazyRouteComponent(() => import("@/features/administration/performances/PerformancePage"), "PerformancePage"),
});
const system = createRoute({
  getParentRoute: below,
  path: "/system",
  component: lazyRouteComponent(() => import("@/features/administration/operation/SystemPage"), "SystemPage"),
});

/** The administration, for administrators alone. */
export const administration = frame.addChildren([
  overview,
  resources,
  resource,
  site,
  importing,
  tags,
  blackouts,
  bulk,
  people,
  quotas,
  quota,
  prices,
  payments,
  venues,
  venue,
  performances,
  performance,
  audit,
  system,
]);
